// The intricate kernels once more, compiled for the oldest processor only: what a machine without
// AVX2 runs, so that tests on a machine of today can compare it. Not for use elsewhere.
#ifndef CLARA_PORTABLE_KERNELS_H
#define CLARA_PORTABLE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

void clara_portable_lstm_cell_forward(
    float *restrict gates, const float *c_before, float *c, float *restrict h,
    size_t rows, size_t hidden);
void clara_portable_lstm_cell_backward(
    float *restrict gates, const float *restrict c_before, const float *restrict c,
    const float *restrict dh, float *restrict dc, size_t rows, size_t hidden);
void clara_portable_softmax_cross_entropy(
    const float *logits, const int32_t *restrict targets, float *gradient, float *restrict losses,
    size_t rows, size_t classes, float scale);
void clara_portable_half_linear(
    float *restrict y, const float *restrict x, const uint16_t *restrict weights,
    const float *restrict bias, size_t streams, size_t rows, size_t columns, int accumulate);
void clara_portable_half_rows(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const uint16_t *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate);
void clara_portable_float_rows(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const float *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate);
void clara_portable_add_half(float *restrict y, const uint16_t *restrict x, size_t count);
void clara_portable_half_from_float(uint16_t *restrict y, const float *restrict x, size_t count);
void clara_portable_float_from_half(float *restrict y, const uint16_t *restrict x, size_t count);

void clara_portable_packed_product(
    float *restrict c, const float *restrict a, const float *restrict packed, size_t m, size_t k,
    size_t n, int accumulate);

void clara_portable_dropout(float *y, const float *x, size_t count, uint64_t seed, float rate);

#endif
