#include <math.h>

#include "clara_transformer_kernels.h"
#include "multiversion.h"

CLARA_MULTIVERSION
void clara_layer_norm_forward(
    float *restrict y, float *restrict normalised, float *restrict scales, const float *restrict x,
    const float *restrict weight, const float *restrict bias, size_t rows, size_t columns,
    float epsilon
) {
#pragma clang fp reassociate(on)
    for (size_t row = 0; row < rows; row++) {
        const float *restrict in = x + row * columns;
        float *restrict n = normalised + row * columns;
        float *restrict out = y + row * columns;
        float sum = 0;
        for (size_t k = 0; k < columns; k++) sum += in[k];
        float mean = sum / (float)columns, squares = 0;
        for (size_t k = 0; k < columns; k++) squares += (in[k] - mean) * (in[k] - mean);
        float scale = 1.0f / sqrtf(squares / (float)columns + epsilon);
        scales[row] = scale;
        for (size_t k = 0; k < columns; k++) {
            n[k] = (in[k] - mean) * scale;
            out[k] = n[k] * weight[k] + bias[k];
        }
    }
}

CLARA_MULTIVERSION
void clara_layer_norm_output(
    float *restrict y, const float *restrict normalised, const float *restrict weight,
    const float *restrict bias, size_t rows, size_t columns
) {
    for (size_t row = 0; row < rows; row++) {
        const float *restrict n = normalised + row * columns;
        float *restrict out = y + row * columns;
        for (size_t k = 0; k < columns; k++) out[k] = n[k] * weight[k] + bias[k];
    }
}

CLARA_MULTIVERSION
void clara_layer_norm_backward(
    float *restrict dx, float *restrict dweight, float *restrict dbias, const float *restrict dy,
    const float *restrict normalised, const float *restrict scales, const float *restrict weight,
    size_t rows, size_t columns
) {
#pragma clang fp reassociate(on)
    for (size_t row = 0; row < rows; row++) {
        const float *restrict d = dy + row * columns;
        const float *restrict n = normalised + row * columns;
        float *restrict out = dx + row * columns;
        float sum = 0, along = 0;
        for (size_t k = 0; k < columns; k++) {
            float g = d[k] * weight[k];
            sum += g;
            along += g * n[k];
        }
        float mean = sum / (float)columns, slope = along / (float)columns, scale = scales[row];
        for (size_t k = 0; k < columns; k++) {
            out[k] += scale * (d[k] * weight[k] - mean - slope * n[k]);
            dweight[k] += d[k] * n[k];
            dbias[k] += d[k];
        }
    }
}
