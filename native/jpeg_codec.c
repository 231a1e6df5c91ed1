#include "image_codec.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
// jpeglib.h needs FILE and size_t from the headers above.
#include <jpeglib.h>
#include <jerror.h>

// A progressive file may repeat scans without end; no encoder writes more than a few dozen.
enum { largest_scan = 200 };

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf landing;
    char message[JMSG_LENGTH_MAX];
} jpeg_failure;

static void on_error(j_common_ptr jpeg)
{
    jpeg_failure* failure = (jpeg_failure*)jpeg->err;
    failure->base.format_message(jpeg, failure->message);
    longjmp(failure->landing, 1);
}

// Truncated data would be filled with grey: that is an error here. Other warnings are harmless.
static void on_message(j_common_ptr jpeg, int level)
{
    int code = jpeg->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_NOT_SEQUENTIAL))
        on_error(jpeg);
}

static void on_output(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void on_progress(j_common_ptr jpeg)
{
    if (jpeg->is_decompressor && ((j_decompress_ptr)jpeg)->input_scan_number > largest_scan)
        ERREXIT(jpeg, JERR_BAD_PROGRESSION);
}

static void hook(jpeg_failure* failure)
{
    jpeg_std_error(&failure->base);
    failure->base.error_exit = on_error;
    failure->base.emit_message = on_message;
    failure->base.output_message = on_output;
    failure->message[0] = 0;
}

// Adobe stores CMYK inverted: 255 means no ink.
static void cmyk_to_rgb(const uint8_t* cmyk, uint8_t* rgb, uint32_t columns, int inverted)
{
    for (uint32_t x = 0; x < columns; x++)
        for (int channel = 0; channel < 3; channel++) {
            unsigned ink = cmyk[x * 4 + channel], black = cmyk[x * 4 + 3];
            if (!inverted) {
                ink = 255 - ink;
                black = 255 - black;
            }
            rgb[x * 3 + channel] = (uint8_t)((ink * black + 127) / 255);
        }
}

int jpeg_decode(const uint8_t* data, size_t length, int64_t pixel_limit, int32_t* width, int32_t* height, uint8_t** rgb, error_sink sink)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress = { .progress_monitor = on_progress };
    jpeg_failure failure;
    uint8_t* volatile pixels = NULL;
    uint8_t* volatile line = NULL;
    hook(&failure);
    jpeg.err = &failure.base;
    if (setjmp(failure.landing)) {
        jpeg_destroy_decompress(&jpeg);
        free(pixels);
        free(line);
        return image_fail(sink, "The JPEG cannot be decoded: %s.", failure.message);
    }
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &progress;
    jpeg_mem_src(&jpeg, data, (unsigned long)length);
    jpeg_read_header(&jpeg, TRUE);
    if (image_check_size(sink, "JPEG", jpeg.image_width, jpeg.image_height, pixel_limit)) {
        jpeg_destroy_decompress(&jpeg);
        return 1;
    }
    int four = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    int inverted = jpeg.saw_Adobe_marker;
    jpeg.out_color_space = four ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&jpeg);
    size_t stride = (size_t)jpeg.output_width * 3;
    pixels = malloc(stride * jpeg.output_height);
    line = four ? malloc((size_t)jpeg.output_width * 4) : NULL;
    if (pixels == NULL || (four && line == NULL))
        ERREXIT1(&jpeg, JERR_OUT_OF_MEMORY, 0);
    while (jpeg.output_scanline < jpeg.output_height) {
        uint8_t* row = pixels + jpeg.output_scanline * stride;
        JSAMPROW target = four ? line : row;
        jpeg_read_scanlines(&jpeg, &target, 1);
        if (four)
            cmyk_to_rgb(line, row, jpeg.output_width, inverted);
    }
    *width = (int32_t)jpeg.output_width;
    *height = (int32_t)jpeg.output_height;
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    free(line);
    *rgb = pixels;
    return 0;
}

int jpeg_encode(const uint8_t* rgb, int32_t width, int32_t height, int32_t quality, uint8_t** out, int64_t* length, error_sink sink)
{
    struct jpeg_compress_struct jpeg;
    jpeg_failure failure;
    // jpeg_mem_dest writes through these addresses, so they live in memory across the jump.
    unsigned char* bytes = NULL;
    unsigned long count = 0;
    if (width > JPEG_MAX_DIMENSION || height > JPEG_MAX_DIMENSION)
        return image_fail(sink, "Cannot encode %d x %d pixels as JPEG: a side may have at most %ld.", width, height, (long)JPEG_MAX_DIMENSION);
    hook(&failure);
    jpeg.err = &failure.base;
    if (setjmp(failure.landing)) {
        jpeg_destroy_compress(&jpeg);
        free(bytes);
        return image_fail(sink, "The JPEG cannot be encoded: %s.", failure.message);
    }
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &count);
    jpeg.image_width = (JDIMENSION)width;
    jpeg.image_height = (JDIMENSION)height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    if (quality >= 90)
        jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)jpeg.next_scanline * (size_t)width * 3);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    *out = bytes;
    *length = (int64_t)count;
    return 0;
}
