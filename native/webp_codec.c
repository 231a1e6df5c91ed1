#include "image_codec.h"

#include <stdlib.h>
#include <webp/decode.h>

static const char* reason(VP8StatusCode status)
{
    switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY: return "out of memory";
    case VP8_STATUS_NOT_ENOUGH_DATA: return "the data end too early";
    case VP8_STATUS_UNSUPPORTED_FEATURE: return "it uses an unsupported feature";
    default: return "its data are damaged";
    }
}

int webp_decode(const uint8_t* data, size_t length, int64_t pixel_limit, int32_t* width, int32_t* height, uint8_t** rgb, error_sink sink)
{
    WebPBitstreamFeatures features;
    VP8StatusCode status = WebPGetFeatures(data, length, &features);
    if (status != VP8_STATUS_OK)
        return image_fail(sink, "The WebP cannot be decoded: %s.", reason(status));
    if (features.has_animation)
        return image_fail(sink, "The WebP is an animation, but a still image is needed.");
    if (image_check_size(sink, "WebP", (uint64_t)features.width, (uint64_t)features.height, pixel_limit))
        return 1;
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config))
        return image_fail(sink, "The WebP cannot be decoded: libwebp is of another version than its headers.");
    // A buffer of our own, given back by free like those of the other codecs.
    size_t stride = (size_t)features.width * 3, size = stride * (size_t)features.height;
    uint8_t* pixels = malloc(size);
    if (pixels == NULL)
        return image_fail(sink, "The WebP cannot be decoded: out of memory.");
    config.output.colorspace = MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = pixels;
    config.output.u.RGBA.stride = (int)stride;
    config.output.u.RGBA.size = size;
    status = WebPDecode(data, length, &config);
    WebPFreeDecBuffer(&config.output);
    if (status != VP8_STATUS_OK) {
        free(pixels);
        return image_fail(sink, "The WebP cannot be decoded: %s.", reason(status));
    }
    *width = features.width;
    *height = features.height;
    *rgb = pixels;
    return 0;
}
