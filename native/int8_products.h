// Products of rows of 8-bit numbers, for nearest-neighbour search. Exact integers, the same on every processor.
#pragma once
#include "pairuni_native.h"

#ifdef __cplusplus
extern "C" {
#endif

// out[r * columns + c] = sum over i of left[r * width + i] * right[c * width + i].
// left holds 0..255, right -128..127; width is a multiple of 64 and at most 65536, so that no sum overflows.
PAIRUNI_EXPORT void pairuni_int8_products(const uint8_t* left, int32_t rows, const int8_t* right, int32_t columns, int32_t width, int32_t* out);

#ifdef __cplusplus
}
#endif
