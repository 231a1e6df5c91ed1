// What the PNG, JPEG and WebP parts of the codec share.
#pragma once
#include "pairuni_native.h"
#include <stddef.h>

// Where a codec leaves its sentence.
typedef struct {
    char* text;
    int32_t capacity;
} error_sink;

// Writes one printf-formatted sentence and returns 1, the failure code of the public functions.
int image_fail(error_sink sink, const char* format, ...) __attribute__((format(printf, 2, 3)));

// 0 when width*height lies within the limit and within what the buffers can index.
int image_check_size(error_sink sink, const char* kind, uint64_t width, uint64_t height, int64_t pixel_limit);

int png_decode(const uint8_t* data, size_t length, int64_t pixel_limit, int32_t* width, int32_t* height, uint8_t** rgb, error_sink sink);
int png_encode(const uint8_t* rgb, int32_t width, int32_t height, int32_t compression, uint8_t** out, int64_t* length, error_sink sink);
int jpeg_decode(const uint8_t* data, size_t length, int64_t pixel_limit, int32_t* width, int32_t* height, uint8_t** rgb, error_sink sink);
int jpeg_encode(const uint8_t* rgb, int32_t width, int32_t height, int32_t quality, uint8_t** out, int64_t* length, error_sink sink);
int webp_decode(const uint8_t* data, size_t length, int64_t pixel_limit, int32_t* width, int32_t* height, uint8_t** rgb, error_sink sink);
