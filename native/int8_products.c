#include "int8_products.h"

#include <stddef.h>
#include <string.h>

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


// A block of left's rows lies packed in the first-level cache, four numbers of each row side by side: [depth / quad][block_rows][quad].
// Against it six rows of right at a time: 24 sums, four loads and six broadcasts for 24 multiply-adds of 64 products each.
enum { quad = 4, lanes = 16, block_rows = 4 * lanes, tile = 6, block_columns = 256, block_depth = 256 };

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

static void pack(const uint8_t* left, int32_t rows, int32_t width, int32_t depth, int32_t* packed)
{
    for (int32_t r = 0; r < block_rows; r++)
        for (int32_t i = 0; i < depth; i += quad) {
            int32_t four = 0;
            if (r < rows)
                memcpy(&four, left + (size_t)r * width + i, quad);
            packed[i / quad * block_rows + r] = four;
        }
}

// Sums that are named one by one stay in registers, and so they do with the instruction itself: GCC 12 copies them around its intrinsic.
#define EACH_COLUMN(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5)
#define MULTIPLY_ADD(sum, a, b) __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b))
#define BEGIN(c) \
    const int8_t* right##c = right + (size_t)(c < columns ? c : columns - 1) * width; \
    __m512i s##c##0 = _mm512_loadu_si512(sums[c]), s##c##1 = _mm512_loadu_si512(sums[c] + lanes), \
            s##c##2 = _mm512_loadu_si512(sums[c] + 2 * lanes), s##c##3 = _mm512_loadu_si512(sums[c] + 3 * lanes);
#define ADD(c) \
    memcpy(&four, right##c + i, quad); \
    b = _mm512_set1_epi32(four); \
    MULTIPLY_ADD(s##c##0, a0, b); \
    MULTIPLY_ADD(s##c##1, a1, b); \
    MULTIPLY_ADD(s##c##2, a2, b); \
    MULTIPLY_ADD(s##c##3, a3, b);
#define END(c) \
    _mm512_storeu_si512(sums[c], s##c##0); \
    _mm512_storeu_si512(sums[c] + lanes, s##c##1); \
    _mm512_storeu_si512(sums[c] + 2 * lanes, s##c##2); \
    _mm512_storeu_si512(sums[c] + 3 * lanes, s##c##3);

// Columns that a last tile lacks are computed from the last one there is, into sums that nobody reads.
static VNNI void vnni_tile(const int32_t* packed, const int8_t* right, int32_t columns, int32_t width, int32_t depth, int32_t (*sums)[block_rows])
{
    EACH_COLUMN(BEGIN)
    for (int32_t i = 0; i < depth; i += quad, packed += block_rows) {
        int32_t four;
        __m512i a0 = _mm512_loadu_si512(packed), a1 = _mm512_loadu_si512(packed + lanes),
                a2 = _mm512_loadu_si512(packed + 2 * lanes), a3 = _mm512_loadu_si512(packed + 3 * lanes), b;
        EACH_COLUMN(ADD)
    }
    EACH_COLUMN(END)
}

// At most block_rows and block_columns.
static VNNI void vnni_block(
    const uint8_t* left, int32_t rows, const int8_t* right, int32_t columns, int32_t width, int32_t* out, int32_t stride)
{
    int32_t packed[block_depth / quad * block_rows], sums[block_columns + tile][block_rows];
    memset(sums, 0, sizeof(sums));
    for (int32_t k = 0; k < width; k += block_depth) {
        int32_t depth = width - k < block_depth ? width - k : block_depth;
        pack(left + k, rows, width, depth, packed);
        for (int32_t c = 0; c < columns; c += tile)
            vnni_tile(packed, right + (size_t)c * width + k, columns - c, width, depth, sums + c);
    }
    for (int32_t r = 0; r < rows; r++)
        for (int32_t c = 0; c < columns; c++)
            out[(size_t)r * stride + c] = sums[c][r];
}

// A block of right's rows stays in the second-level cache while left's blocks pass.
static void vnni_products(const uint8_t* left, int32_t rows, const int8_t* right, int32_t columns, int32_t width, int32_t* out)
{
    for (int32_t c = 0; c < columns; c += block_columns)
        for (int32_t r = 0; r < rows; r += block_rows)
            vnni_block(left + (size_t)r * width, rows - r < block_rows ? rows - r : block_rows, right + (size_t)c * width,
                columns - c < block_columns ? columns - c : block_columns, width, out + (size_t)r * columns + c, columns);
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
