// In-memory codecs for 8-bit RGB images: PNG and JPEG, and WebP for reading. No function throws, prints or aborts on bad input:
// each returns 0, or 1 after writing one clear sentence (UTF-8, zero terminated) into `error`.
// Any function may be called from any thread.
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PAIRUNI_EXPORT __attribute__((visibility("default")))

// Decodes a PNG, JPEG or still WebP (told apart by their first bytes) to width*height*3 bytes, rows top to bottom, R G B.
// Alpha is dropped, 16 bits are reduced to 8, palettes, greys and CMYK become RGB; EXIF orientation is not applied.
// pixel_limit: largest allowed width*height, checked before any pixel memory is allocated.
// *rgb is given back by pairuni_free; it is null on error.
PAIRUNI_EXPORT int pairuni_image_decode(const uint8_t* data, int64_t length, int64_t pixel_limit,
    int32_t* width, int32_t* height, uint8_t** rgb, char* error, int32_t error_capacity);

// Encodes width*height*3 RGB bytes as PNG; compression is zlib's level, 0 (none) to 9.
// *png (of *length bytes) is given back by pairuni_free; it is null on error.
PAIRUNI_EXPORT int pairuni_image_encode_png(const uint8_t* rgb, int32_t width, int32_t height, int32_t compression,
    uint8_t** png, int64_t* length, char* error, int32_t error_capacity);

// Encodes width*height*3 RGB bytes as baseline JPEG with quality 1 to 100 (4:4:4 from 90, else 4:2:0).
// *jpeg (of *length bytes) is given back by pairuni_free; it is null on error.
PAIRUNI_EXPORT int pairuni_image_encode_jpeg(const uint8_t* rgb, int32_t width, int32_t height, int32_t quality,
    uint8_t** jpeg, int64_t* length, char* error, int32_t error_capacity);

// Releases a buffer that one of the functions above returned; null is allowed.
PAIRUNI_EXPORT void pairuni_free(void* buffer);

#ifdef __cplusplus
}
#endif
