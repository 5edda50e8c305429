// Products of one panel with some inputs on three kinds of processors, all with the same sums.
#ifndef CLARA_INT8_PRODUCTS_H
#define CLARA_INT8_PRODUCTS_H

#include <string.h>

#include "include/clara_int8.h"
#include "int8_targets.h"
#include "lanes.h"

enum { QUARTERS = 4 };

CLARA_INLINE int32_t four_values(const int8_t *x) {
    int32_t four;
    memcpy(&four, x, sizeof four);
    return four;
}

// --- Any processor: products of 16 bits, 127·127 < 2^15, which are added in pairs.

typedef int8_t FourRows __attribute__((vector_size(16), aligned(1)));
typedef int16_t Products __attribute__((vector_size(32)));
typedef int32_t Pairs __attribute__((vector_size(32)));
typedef int64_t Fours __attribute__((vector_size(32)));

CLARA_INLINE void portable_sums(
    int32_t *sums, const uint8_t *panel, size_t columns, const clara_int8_inputs *x, size_t streams
) {
    for (size_t stream = 0; stream < streams; stream++) {
        const int8_t *values = x->values + stream * x->stride;
        for (size_t quarter = 0; quarter < QUARTERS; quarter++) {
            Pairs totals[4] = {{0}, {0}, {0}, {0}};
            for (size_t k = 0; k < columns; k += 4) {
                const uint8_t *w = panel + k * CLARA_PANEL_ROWS + quarter * 4 * LANES;
                int16_t four[4] = {values[k], values[k + 1], values[k + 2], values[k + 3]};
                int64_t repeated;
                memcpy(&repeated, four, sizeof repeated);
                Fours inputs = (Fours){0} + repeated;
#pragma clang loop unroll(full)
                for (int part = 0; part < 4; part++) {
                    FourRows rows = *(const FourRows *)(w + part * 16) ^ (int8_t)-128;
                    Pairs pairs = (Pairs)(__builtin_convertvector(rows, Products) * (Products)inputs);
                    totals[part] += ((pairs << 16) >> 16) + (pairs >> 16);
                }
            }
            int32_t *out = sums + stream * CLARA_PANEL_ROWS + quarter * LANES;
            for (int row = 0; row < LANES; row++) {
                out[row] = totals[row / 4][row % 4 * 2] + totals[row / 4][row % 4 * 2 + 1];
            }
        }
    }
}

#ifdef __x86_64__
// --- AVX2: |w|·(±x) in pairs of 16 bits, which cannot overflow: 2·127·127 < 2^15.

CLARA_AVX2 CLARA_INLINE void avx2_some_sums(
    int32_t *sums, const uint8_t *panel, size_t columns, const clara_int8_inputs *x, size_t first,
    const int STREAMS
) {
    const __m256i offset = _mm256_set1_epi8((char)0x80), ones = _mm256_set1_epi16(1);
    for (size_t eighth = 0; eighth < 8; eighth += 2) {
        __m256i totals[4][2];
#pragma clang loop unroll(full)
        for (int s = 0; s < STREAMS; s++) totals[s][0] = totals[s][1] = _mm256_setzero_si256();
        for (size_t k = 0; k < columns; k += 4) {
            const __m256i *w = (const __m256i *)(panel + k * CLARA_PANEL_ROWS) + eighth;
#pragma clang loop unroll(full)
            for (int half = 0; half < 2; half++) {
                __m256i weights = _mm256_xor_si256(_mm256_loadu_si256(w + half), offset);
                __m256i sizes = _mm256_abs_epi8(weights);
#pragma clang loop unroll(full)
                for (int s = 0; s < STREAMS; s++) {
                    const int8_t *values = x->values + (first + s) * x->stride + k;
                    __m256i four = _mm256_set1_epi32(four_values(values));
                    __m256i pairs = _mm256_maddubs_epi16(sizes, _mm256_sign_epi8(four, weights));
                    totals[s][half] =
                        _mm256_add_epi32(totals[s][half], _mm256_madd_epi16(pairs, ones));
                }
            }
        }
#pragma clang loop unroll(full)
        for (int s = 0; s < STREAMS; s++) {
            __m256i *out = (__m256i *)(sums + (first + s) * CLARA_PANEL_ROWS) + eighth;
            _mm256_storeu_si256(out, totals[s][0]);
            _mm256_storeu_si256(out + 1, totals[s][1]);
        }
    }
}

// --- AVX-512 with VNNI: four products of w + 128 and x in one instruction, less 128 times the sum of x.

CLARA_VNNI CLARA_INLINE void vnni_some_sums(
    int32_t *sums, const uint8_t *panel, size_t columns, const clara_int8_inputs *x, size_t first,
    const int STREAMS
) {
    __m512i totals[4][QUARTERS];
#pragma clang loop unroll(full)
    for (int s = 0; s < STREAMS; s++) {
#pragma clang loop unroll(full)
        for (int q = 0; q < QUARTERS; q++) {
            totals[s][q] = _mm512_set1_epi32(-128 * x->sums[first + s]);
        }
    }
    for (size_t k = 0; k < columns; k += 4) {
        const __m512i *w = (const __m512i *)(panel + k * CLARA_PANEL_ROWS);
        __m512i weights[QUARTERS];
#pragma clang loop unroll(full)
        for (int q = 0; q < QUARTERS; q++) weights[q] = _mm512_loadu_si512(w + q);
#pragma clang loop unroll(full)
        for (int s = 0; s < STREAMS; s++) {
            const int8_t *values = x->values + (first + s) * x->stride + k;
            __m512i four = _mm512_set1_epi32(four_values(values));
#pragma clang loop unroll(full)
            for (int q = 0; q < QUARTERS; q++) {
                totals[s][q] = _mm512_dpbusd_epi32(totals[s][q], weights[q], four);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int s = 0; s < STREAMS; s++) {
        __m512i *out = (__m512i *)(sums + (first + s) * CLARA_PANEL_ROWS);
#pragma clang loop unroll(full)
        for (int q = 0; q < QUARTERS; q++) _mm512_storeu_si512(out + q, totals[s][q]);
    }
}

// One reading of the weights serves up to four streams.
#define CLARA_SUMS_BY_FOURS(PATH, TARGET) \
    TARGET CLARA_INLINE void PATH##_sums( \
        int32_t *sums, const uint8_t *panel, size_t columns, const clara_int8_inputs *x, size_t streams \
    ) { \
        size_t first = 0; \
        for (; first + 4 <= streams; first += 4) { \
            PATH##_some_sums(sums, panel, columns, x, first, 4); \
        } \
        if (streams & 2) { \
            PATH##_some_sums(sums, panel, columns, x, first, 2); \
            first += 2; \
        } \
        if (streams & 1) PATH##_some_sums(sums, panel, columns, x, first, 1); \
    }

CLARA_SUMS_BY_FOURS(avx2, CLARA_AVX2)
CLARA_SUMS_BY_FOURS(vnni, CLARA_VNNI)
#endif

#endif
