#include "clara_kernels.h"
#include "multiversion.h"

// Dot products of one weight row with up to four streams: the row is read and widened once.
#define CLARA_DOTS(COUNT)                                                                   \
    for (size_t row = 0; row < rows; row++) {                                               \
        const _Float16 *restrict w = (const _Float16 *)weights + row * columns;             \
        float sums[COUNT];                                                                  \
        _Pragma("clang loop unroll(full)") for (int s = 0; s < COUNT; s++) sums[s] = 0;     \
        _Pragma("clang loop vectorize(enable) interleave_count(4)")                         \
        for (size_t k = 0; k < columns; k++) {                                              \
            float wide = (float)w[k];                                                       \
            _Pragma("clang loop unroll(full)") for (int s = 0; s < COUNT; s++)              \
                sums[s] += wide * x[(first + s) * columns + k];                             \
        }                                                                                   \
        _Pragma("clang loop unroll(full)") for (int s = 0; s < COUNT; s++) {                \
            float *out = y + (first + s) * rows + row;                                      \
            float base = accumulate ? *out : 0;                                             \
            *out = base + (bias ? bias[row] : 0) + sums[s];                                 \
        }                                                                                   \
    }

CLARA_MULTIVERSION
void clara_half_linear(
    float *restrict y, const float *restrict x, const uint16_t *restrict weights,
    const float *restrict bias, size_t streams, size_t rows, size_t columns, int accumulate
) {
#pragma clang fp reassociate(on) contract(fast)
    size_t first = 0;
    for (; first + 4 <= streams; first += 4) { CLARA_DOTS(4) }
    for (; first + 2 <= streams; first += 2) { CLARA_DOTS(2) }
    for (; first < streams; first++) { CLARA_DOTS(1) }
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
