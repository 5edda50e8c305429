// Products of weights stored row after row, as WEIGHT, with inputs of 32-bit floats; included once for
// each type. Each dot product is one chain of sums over the columns and one fixed tree at the end, so
// that a stream's numbers do not depend on how many streams share its batch.
//
// Define before: WEIGHT, WEIGHT_LANES (16 of them), NAMED(x) (x with the type's name).
#include "lanes.h"

// Dot products of ROWS weight rows with STREAMS inputs: each weight is read and widened once.
CLARA_INLINE void NAMED(dot_products)(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const WEIGHT *restrict weights, const float *restrict bias, size_t columns, int accumulate,
    const int ROWS, const int STREAMS
) {
    Lanes sums[4][4];
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) {
#pragma clang loop unroll(full)
        for (int s = 0; s < STREAMS; s++) sums[r][s] = (Lanes){0};
    }
    size_t whole = columns - columns % LANES;
    for (size_t k = 0; k < whole; k += LANES) {
        Lanes inputs[4];
#pragma clang loop unroll(full)
        for (int s = 0; s < STREAMS; s++) inputs[s] = *(const Lanes *)(x + s * x_stride + k);
#pragma clang loop unroll(full)
        for (int r = 0; r < ROWS; r++) {
            WEIGHT_LANES some = *(const WEIGHT_LANES *)(weights + r * columns + k);
            Lanes wide = __builtin_convertvector(some, Lanes);
#pragma clang loop unroll(full)
            for (int s = 0; s < STREAMS; s++) sums[r][s] += wide * inputs[s];
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) {
#pragma clang loop unroll(full)
        for (int s = 0; s < STREAMS; s++) {
            float sum = sum_of_lanes(&sums[r][s]);
            for (size_t k = whole; k < columns; k++) {
                sum += (float)weights[r * columns + k] * x[s * x_stride + k];
            }
            float *out = y + s * y_stride + r;
            *out = (accumulate ? *out : 0) + (bias ? bias[r] : 0) + sum;
        }
    }
}

CLARA_INLINE void NAMED(some_streams)(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const WEIGHT *restrict weights, const float *restrict bias, size_t rows, size_t columns,
    int accumulate, const int STREAMS
) {
    size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        NAMED(dot_products)(
            y + row, y_stride, x, x_stride, weights + row * columns, bias ? bias + row : 0, columns,
            accumulate, 4, STREAMS);
    }
    for (; row < rows; row++) {
        NAMED(dot_products)(
            y + row, y_stride, x, x_stride, weights + row * columns, bias ? bias + row : 0, columns,
            accumulate, 1, STREAMS);
    }
}

CLARA_INLINE void NAMED(all_streams)(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const WEIGHT *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate
) {
    size_t first = 0;
    for (; first + 4 <= streams; first += 4) {
        NAMED(some_streams)(
            y + first * y_stride, y_stride, x + first * x_stride, x_stride, weights, bias, rows,
            columns, accumulate, 4);
    }
    for (; first + 2 <= streams; first += 2) {
        NAMED(some_streams)(
            y + first * y_stride, y_stride, x + first * x_stride, x_stride, weights, bias, rows,
            columns, accumulate, 2);
    }
    for (; first < streams; first++) {
        NAMED(some_streams)(
            y + first * y_stride, y_stride, x + first * x_stride, x_stride, weights, bias, rows,
            columns, accumulate, 1);
    }
}

#undef WEIGHT
#undef WEIGHT_LANES
#undef NAMED
