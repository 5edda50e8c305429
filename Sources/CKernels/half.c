#include "clara_kernels.h"
#include "multiversion.h"

typedef float FloatLanes __attribute__((vector_size(64), aligned(4)));
typedef _Float16 HalfLanes __attribute__((vector_size(32), aligned(2)));

#define WEIGHT _Float16
#define WEIGHT_LANES HalfLanes
#define NAMED(NAME) half_##NAME
#include "linear_rows.h"

#define WEIGHT float
#define WEIGHT_LANES FloatLanes
#define NAMED(NAME) float_##NAME
#include "linear_rows.h"

CLARA_MULTIVERSION
void clara_half_rows(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const uint16_t *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate
) {
    half_all_streams(
        y, y_stride, x, x_stride, (const _Float16 *)weights, bias, streams, rows, columns,
        accumulate);
}

CLARA_MULTIVERSION
void clara_float_rows(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const float *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate
) {
    float_all_streams(
        y, y_stride, x, x_stride, weights, bias, streams, rows, columns, accumulate);
}

void clara_half_linear(
    float *restrict y, const float *restrict x, const uint16_t *restrict weights,
    const float *restrict bias, size_t streams, size_t rows, size_t columns, int accumulate
) {
    clara_half_rows(y, rows, x, columns, weights, bias, streams, rows, columns, accumulate);
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
