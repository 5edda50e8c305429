#include "clara_kernels.h"
#include "multiversion.h"

// Sixteen lanes at a time, whatever the machine's registers hold. Each dot product is one chain of
// sums over the columns and one fixed tree at the end, so that a stream's numbers do not depend on
// how many streams share its batch.
typedef float Lanes __attribute__((vector_size(64), aligned(4)));
typedef _Float16 HalfLanes __attribute__((vector_size(32), aligned(2)));

enum { LANES = 16 };

__attribute__((always_inline)) static inline float sum_of_lanes(const Lanes *sums) {
    Lanes lanes = *sums;
    for (int width = LANES / 2; width > 0; width /= 2) {
        for (int k = 0; k < width; k++) lanes[k] += lanes[k + width];
    }
    return lanes[0];
}

// Dot products of ROWS weight rows with STREAMS inputs: each weight is read and widened once.
__attribute__((always_inline)) static inline void dot_products(
    float *restrict y, const float *restrict x, const _Float16 *restrict weights,
    const float *restrict bias, size_t rows, size_t columns, int accumulate,
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
        for (int s = 0; s < STREAMS; s++) inputs[s] = *(const Lanes *)(x + s * columns + k);
#pragma clang loop unroll(full)
        for (int r = 0; r < ROWS; r++) {
            HalfLanes half = *(const HalfLanes *)(weights + r * columns + k);
            Lanes wide = __builtin_convertvector(half, Lanes);
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
                sum += (float)weights[r * columns + k] * x[s * columns + k];
            }
            float *out = y + s * rows + r;
            *out = (accumulate ? *out : 0) + (bias ? bias[r] : 0) + sum;
        }
    }
}

__attribute__((always_inline)) static inline void all_rows(
    float *restrict y, const float *restrict x, const _Float16 *restrict weights,
    const float *restrict bias, size_t rows, size_t columns, int accumulate, const int STREAMS
) {
    size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        dot_products(
            y + row, x, weights + row * columns, bias ? bias + row : 0, rows, columns, accumulate,
            4, STREAMS);
    }
    for (; row < rows; row++) {
        dot_products(
            y + row, x, weights + row * columns, bias ? bias + row : 0, rows, columns, accumulate,
            1, STREAMS);
    }
}

CLARA_MULTIVERSION
void clara_half_linear(
    float *restrict y, const float *restrict x, const uint16_t *restrict weights,
    const float *restrict bias, size_t streams, size_t rows, size_t columns, int accumulate
) {
    const _Float16 *half = (const _Float16 *)weights;
    size_t first = 0;
    for (; first + 4 <= streams; first += 4) {
        all_rows(y + first * rows, x + first * columns, half, bias, rows, columns, accumulate, 4);
    }
    for (; first + 2 <= streams; first += 2) {
        all_rows(y + first * rows, x + first * columns, half, bias, rows, columns, accumulate, 2);
    }
    for (; first < streams; first++) {
        all_rows(y + first * rows, x + first * columns, half, bias, rows, columns, accumulate, 1);
    }
}

CLARA_MULTIVERSION
void clara_add_half(float *restrict y, const uint16_t *restrict x, size_t count) {
    const _Float16 *restrict in = (const _Float16 *)x;
    for (size_t k = 0; k < count; k++) y[k] += (float)in[k];
}

CLARA_MULTIVERSION
void clara_half_from_float(uint16_t *restrict y, const float *restrict x, size_t count) {
    _Float16 *restrict out = (_Float16 *)y;
    for (size_t k = 0; k < count; k++) out[k] = (_Float16)x[k];
}

CLARA_MULTIVERSION
void clara_float_from_half(float *restrict y, const uint16_t *restrict x, size_t count) {
    const _Float16 *restrict in = (const _Float16 *)x;
    for (size_t k = 0; k < count; k++) y[k] = (float)in[k];
}
