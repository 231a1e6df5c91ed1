#include "image_codec.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int image_fail(error_sink sink, const char* format, ...)
{
    if (sink.text != NULL && sink.capacity > 0) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(sink.text, (size_t)sink.capacity, format, arguments);
        va_end(arguments);
    }
    return 1;
}

int image_check_size(error_sink sink, const char* kind, uint64_t width, uint64_t height, int64_t pixel_limit)
{
    if (width == 0 || height == 0)
        return image_fail(sink, "The %s has no pixels: its size is %llu x %llu.", kind, (unsigned long long)width, (unsigned long long)height);
    // Both sides are at most 2^31, so the product cannot overflow 64 bits.
    if (width > INT32_MAX || height > INT32_MAX || pixel_limit <= 0 || width * height > (uint64_t)pixel_limit || width * height > SIZE_MAX / 4)
        return image_fail(sink, "The %s is too large: %llu x %llu pixels exceed the limit of %lld.", kind,
            (unsigned long long)width, (unsigned long long)height, (long long)pixel_limit);
    return 0;
}

static int check_raw(const uint8_t* rgb, int32_t width, int32_t height, error_sink sink)
{
    if (rgb == NULL || width <= 0 || height <= 0)
        return image_fail(sink, "Cannot encode an image of %d x %d pixels: both sides must be positive.", width, height);
    return 0;
}

int pairuni_image_decode(const uint8_t* data, int64_t length, int64_t pixel_limit,
    int32_t* width, int32_t* height, uint8_t** rgb, char* error, int32_t error_capacity)
{
    static const uint8_t png_magic[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    error_sink sink = { error, error_capacity };
    *width = *height = 0;
    *rgb = NULL;
    if (data == NULL || length <= 0)
        return image_fail(sink, "The image is empty: 0 bytes.");
    if (length >= 8 && memcmp(data, png_magic, 8) == 0)
        return png_decode(data, (size_t)length, pixel_limit, width, height, rgb, sink);
    if (length >= 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff)
        return jpeg_decode(data, (size_t)length, pixel_limit, width, height, rgb, sink);
    if (length >= 12 && memcmp(data, "RIFF", 4) == 0 && memcmp(data + 8, "WEBP", 4) == 0)
        return webp_decode(data, (size_t)length, pixel_limit, width, height, rgb, sink);
    return image_fail(sink, "The image is neither PNG, JPEG nor WebP: unknown first bytes in %lld bytes.", (long long)length);
}

int pairuni_image_encode_png(const uint8_t* rgb, int32_t width, int32_t height, int32_t compression,
    uint8_t** png, int64_t* length, char* error, int32_t error_capacity)
{
    error_sink sink = { error, error_capacity };
    *png = NULL;
    *length = 0;
    if (check_raw(rgb, width, height, sink))
        return 1;
    if (compression < 0 || compression > 9)
        return image_fail(sink, "PNG compression %d is outside 0 to 9.", compression);
    return png_encode(rgb, width, height, compression, png, length, sink);
}

int pairuni_image_encode_jpeg(const uint8_t* rgb, int32_t width, int32_t height, int32_t quality,
    uint8_t** jpeg, int64_t* length, char* error, int32_t error_capacity)
{
    error_sink sink = { error, error_capacity };
    *jpeg = NULL;
    *length = 0;
    if (check_raw(rgb, width, height, sink))
        return 1;
    if (quality < 1 || quality > 100)
        return image_fail(sink, "JPEG quality %d is outside 1 to 100.", quality);
    return jpeg_encode(rgb, width, height, quality, jpeg, length, sink);
}

void pairuni_free(void* buffer)
{
    free(buffer);
}
