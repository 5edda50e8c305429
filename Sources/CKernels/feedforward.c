#include "activations.h"
#include "clara_transformer_kernels.h"
#include "multiversion.h"

// x·σ(2u), u = √(2/π)·(x + 0.044715·x³), is ½x·(1 + tanh u).
#define TWICE_ROOT 1.5957691216057308f
#define CUBIC 0.044715f

CLARA_MULTIVERSION
void clara_gelu_forward(
    float *restrict y, float *restrict x, const float *restrict bias, size_t rows, size_t columns
) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict in = x + row * columns, *restrict out = y + row * columns;
        for (size_t k = 0; k < columns; k++) {
            float z = in[k] + bias[k];
            in[k] = z;
            out[k] = z * clara_sigmoid(TWICE_ROOT * (z + CUBIC * z * z * z));
        }
    }
}

CLARA_MULTIVERSION
void clara_gelu_backward(
    float *restrict y, float *restrict x, const float *restrict dy, size_t count
) {
    for (size_t k = 0; k < count; k++) {
        float z = x[k], square = CUBIC * z * z;
        float s = clara_sigmoid(TWICE_ROOT * z * (1.0f + square));
        y[k] = z * s;
        x[k] = dy[k] * (s + z * s * (1.0f - s) * TWICE_ROOT * (1.0f + 3.0f * square));
    }
}
