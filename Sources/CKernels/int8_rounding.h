// Rounding numbers to 8 bits, and packing rows of them.
#ifndef CLARA_INT8_ROUNDING_H
#define CLARA_INT8_ROUNDING_H

#include <math.h>
#include <string.h>

#include "include/clara_int8.h"
#include "include/clara_kernels.h"
#include "lanes.h"

// The largest size of x's numbers / 127; NaN where one is not finite.
CLARA_INLINE float scale_of(const float *x, size_t count) {
    // Without their signs, floats are in the order of their bits, with infinity and NaN above all.
    IntLanes sizes = {0};
    int32_t largest = 0;
    size_t k = 0;
    for (; k + LANES <= count; k += LANES) {
        sizes = __builtin_elementwise_max(sizes, *(const IntLanes *)(x + k) & 0x7fffffff);
    }
    for (int lane = 0; lane < LANES; lane++) largest = sizes[lane] > largest ? sizes[lane] : largest;
    for (; k < count; k++) {
        int32_t size;
        memcpy(&size, x + k, sizeof size);
        size &= 0x7fffffff;
        largest = size > largest ? size : largest;
    }
    float size;
    memcpy(&size, &largest, sizeof size);
    return size < INFINITY ? size / 127.0f : NAN;
}

CLARA_INLINE int32_t quantise(int8_t *values, float *scale, const float *x, size_t count, size_t padded) {
// Not contracted, so that all processors round alike.
#pragma clang fp contract(off)
    typedef int8_t ByteLanes __attribute__((vector_size(16), aligned(1)));
    *scale = scale_of(x, count);
    // Below the least number whose reciprocal is finite all round to 0; so they do where one is NaN.
    float factor = *scale >= 0x1p-126f ? 1.0f / *scale : 0.0f;
    int32_t sum = 0;
    IntLanes sums = {0};
    size_t k = 0;
    // Adding 1.5·2^23 rounds to a whole number that then stands in the low bits.
    for (; k + LANES <= count; k += LANES) {
        Lanes shifted = *(const Lanes *)(x + k) * factor;
        shifted = shifted + 12582912.0f;
        IntLanes rounded = (IntLanes)shifted - 0x4b400000;
        *(ByteLanes *)(values + k) = __builtin_convertvector(rounded, ByteLanes);
        sums += rounded;
    }
    for (int lane = 0; lane < LANES; lane++) sum += sums[lane];
    for (; k < count; k++) {
        float shifted = x[k] * factor;
        shifted = shifted + 12582912.0f;
        int32_t rounded;
        memcpy(&rounded, &shifted, sizeof rounded);
        values[k] = (int8_t)(rounded - 0x4b400000);
        sum += values[k];
    }
    memset(values + count, 0, padded - count);
    return sum;
}

// Row r of panel p; rows·columns where it only fills up the panel.
CLARA_INLINE size_t source_row(size_t panel, size_t row, size_t rows, size_t gates) {
    size_t group = CLARA_PANEL_ROWS / gates;
    size_t unit = panel * group + row % group;
    return unit < rows / gates ? row / group * (rows / gates) + unit : rows;
}

CLARA_INLINE void pack(
    uint8_t *panels, float *scales, const uint16_t *halves, const float *floats, size_t rows,
    size_t columns, size_t gates, float *row
) {
    size_t padded = (columns + 3) / 4 * 4;
    int8_t *values = (int8_t *)row;
    size_t units = CLARA_PANEL_ROWS / gates;
    for (size_t p = 0; p * units < rows / gates; p++) {
        uint8_t *panel = panels + p * CLARA_PANEL_ROWS * padded;
        for (size_t r = 0; r < CLARA_PANEL_ROWS; r++) {
            size_t source = source_row(p, r, rows, gates);
            float *scale = scales + p * CLARA_PANEL_ROWS + r;
            *scale = 0;
            if (source == rows) {
                memset(values, 0, padded);
            } else if (halves) {
                clara_float_from_half(row, halves + source * columns, columns);
                // In place: a number is read before the byte at its place is written.
                quantise(values, scale, row, columns, padded);
            } else {
                quantise(values, scale, floats + source * columns, columns, padded);
            }
            for (size_t k = 0; k < padded; k += 4) {
                uint32_t four;
                memcpy(&four, values + k, sizeof four);
                four ^= 0x80808080u;
                memcpy(panel + k * CLARA_PANEL_ROWS + 4 * r, &four, sizeof four);
            }
        }
    }
}

#endif
