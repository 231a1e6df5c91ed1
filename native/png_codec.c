#include "image_codec.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const uint8_t* data;
    size_t length;
    size_t position;
} png_source;

typedef struct {
    uint8_t* data;
    size_t length;
    size_t capacity;
} png_sink;

// libpng's text is kept until the jump has landed.
typedef struct {
    char message[160];
} png_failure;

static void on_error(png_structp png, png_const_charp message)
{
    png_failure* failure = png_get_error_ptr(png);
    strncpy(failure->message, message, sizeof failure->message - 1);
    failure->message[sizeof failure->message - 1] = 0;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void read_bytes(png_structp png, png_bytep out, size_t count)
{
    png_source* source = png_get_io_ptr(png);
    if (count > source->length - source->position)
        png_error(png, "the data end too early");
    memcpy(out, source->data + source->position, count);
    source->position += count;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count)
{
    png_sink* sink = png_get_io_ptr(png);
    if (count > sink->capacity - sink->length) {
        size_t wanted = sink->capacity * 2 > sink->length + count ? sink->capacity * 2 : sink->length + count + 4096;
        uint8_t* grown = realloc(sink->data, wanted);
        if (grown == NULL)
            png_error(png, "out of memory");
        sink->data = grown;
        sink->capacity = wanted;
    }
    memcpy(sink->data + sink->length, bytes, count);
    sink->length += count;
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

int png_decode(const uint8_t* data, size_t length, int64_t pixel_limit, int32_t* width, int32_t* height, uint8_t** rgb, error_sink sink)
{
    png_source source = { data, length, 0 };
    png_failure failure = { "" };
    uint8_t* volatile pixels = NULL;
    png_infop info = NULL;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &failure, on_error, on_warning);
    if (png == NULL)
        return image_fail(sink, "Out of memory while decoding a PNG.");
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, info == NULL ? NULL : &info, NULL);
        free(pixels);
        return image_fail(sink, "The PNG cannot be decoded: %s.", failure.message);
    }
    info = png_create_info_struct(png);
    if (info == NULL)
        png_error(png, "out of memory");
    png_set_read_fn(png, &source, read_bytes);
    png_set_user_limits(png, INT32_MAX, INT32_MAX);
    png_set_chunk_malloc_max(png, 8u << 20);
    png_set_chunk_cache_max(png, 64);
    png_read_info(png, info);

    uint32_t columns = png_get_image_width(png, info), rows = png_get_image_height(png, info);
    if (image_check_size(sink, "PNG", columns, rows, pixel_limit)) {
        png_destroy_read_struct(&png, &info, NULL);
        return 1;
    }
    png_set_scale_16(png);
    png_set_expand(png);
    png_set_strip_alpha(png);
    png_set_gray_to_rgb(png);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    size_t stride = (size_t)columns * 3;
    if (png_get_rowbytes(png, info) != stride)
        png_error(png, "unsupported pixel format");
    pixels = malloc(stride * rows);
    if (pixels == NULL)
        png_error(png, "out of memory");
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t row = 0; row < rows; row++)
            png_read_row(png, pixels + row * stride, NULL);
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    *width = (int32_t)columns;
    *height = (int32_t)rows;
    *rgb = pixels;
    return 0;
}

int png_encode(const uint8_t* rgb, int32_t width, int32_t height, int32_t compression, uint8_t** out, int64_t* length, error_sink sink)
{
    // Volatile-free: its address escapes into libpng, so it lives in memory across the jump.
    png_sink bytes = { NULL, 0, 0 };
    png_failure failure = { "" };
    png_infop info = NULL;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &failure, on_error, on_warning);
    if (png == NULL)
        return image_fail(sink, "Out of memory while encoding a PNG.");
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, info == NULL ? NULL : &info);
        free(bytes.data);
        return image_fail(sink, "The PNG cannot be encoded: %s.", failure.message);
    }
    info = png_create_info_struct(png);
    if (info == NULL)
        png_error(png, "out of memory");
    png_set_write_fn(png, &bytes, write_bytes, flush_nothing);
    png_set_user_limits(png, INT32_MAX, INT32_MAX);
    png_set_IHDR(png, info, (uint32_t)width, (uint32_t)height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, compression);
    png_write_info(png, info);
    for (int32_t row = 0; row < height; row++)
        png_write_row(png, rgb + (size_t)row * width * 3);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    *out = bytes.data;
    *length = (int64_t)bytes.length;
    return 0;
}
