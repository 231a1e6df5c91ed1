#include "int8_products.h"

#include <stddef.h>

enum { tile = 4, lanes = 64 };

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx2", "default"), optimize("O3")))
#endif
static int32_t plain_product(const uint8_t* left, const int8_t* right, int32_t width)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < width; i++)
        sum += (int32_t)left[i] * right[i];
    return sum;
}

static void plain_products(const uint8_t* left, int32_t rows, const int8_t* right, int32_t columns, int32_t width, int32_t* out)
{
    for (int32_t r = 0; r < rows; r++)
        for (int32_t c = 0; c < columns; c++)
            out[(size_t)r * columns + c] = plain_product(left + (size_t)r * width, right + (size_t)c * width, width);
}

#if defined(__x86_64__)
#include <immintrin.h>

// 4 x 4 sums at a time: sixteen accumulators and eight loads for sixteen multiply-adds of 64 products each.
__attribute__((target("avx512f,avx512bw,avx512vnni"))) static void vnni_tile(
    const uint8_t* left, const int8_t* right, int32_t columns, int32_t width, int32_t* out)
{
    __m512i sums[tile][tile];
    for (int r = 0; r < tile; r++)
        for (int c = 0; c < tile; c++)
            sums[r][c] = _mm512_setzero_si512();
    for (int32_t i = 0; i < width; i += lanes) {
        __m512i a[tile];
        for (int r = 0; r < tile; r++)
            a[r] = _mm512_loadu_si512(left + (size_t)r * width + i);
        for (int c = 0; c < tile; c++) {
            __m512i b = _mm512_loadu_si512(right + (size_t)c * width + i);
            for (int r = 0; r < tile; r++)
                sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], a[r], b);
        }
    }
    for (int r = 0; r < tile; r++)
        for (int c = 0; c < tile; c++)
            out[(size_t)r * columns + c] = _mm512_reduce_add_epi32(sums[r][c]);
}

static void vnni_products(const uint8_t* left, int32_t rows, const int8_t* right, int32_t columns, int32_t width, int32_t* out)
{
    int32_t whole_rows = rows - rows % tile, whole_columns = columns - columns % tile;
    for (int32_t c = 0; c < whole_columns; c += tile)
        for (int32_t r = 0; r < whole_rows; r += tile)
            vnni_tile(left + (size_t)r * width, right + (size_t)c * width, columns, width, out + (size_t)r * columns + c);
    for (int32_t r = 0; r < rows; r++)
        for (int32_t c = r < whole_rows ? whole_columns : 0; c < columns; c++)
            out[(size_t)r * columns + c] = plain_product(left + (size_t)r * width, right + (size_t)c * width, width);
}

static int has_vnni(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni");
}
#endif

void pairuni_int8_products(const uint8_t* left, int32_t rows, const int8_t* right, int32_t columns, int32_t width, int32_t* out)
{
#if defined(__x86_64__)
    if (has_vnni()) {
        vnni_products(left, rows, right, columns, width, out);
        return;
    }
#endif
    plain_products(left, rows, right, columns, width, out);
}
