#include <math.h>

#include "clara_kernels.h"
#include "multiversion.h"

CLARA_MULTIVERSION
void clara_add_scaled(float *restrict y, const float *restrict x, float a, size_t count) {
    for (size_t k = 0; k < count; k++) y[k] += a * x[k];
}

CLARA_MULTIVERSION
void clara_multiply(float *restrict y, const float *restrict x, size_t count) {
    for (size_t k = 0; k < count; k++) y[k] *= x[k];
}

CLARA_MULTIVERSION
void clara_scale(float *restrict y, float a, size_t count) {
    for (size_t k = 0; k < count; k++) y[k] *= a;
}

CLARA_MULTIVERSION
void clara_add_bias(float *restrict y, const float *restrict bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict out = y + row * columns;
        for (size_t k = 0; k < columns; k++) out[k] += bias[k];
    }
}

CLARA_MULTIVERSION
void clara_add_row_sums(
    float *restrict gradient, const float *restrict x, size_t rows, size_t columns
) {
    for (size_t row = 0; row < rows; row++) {
        const float *restrict in = x + row * columns;
        for (size_t k = 0; k < columns; k++) gradient[k] += in[k];
    }
}

CLARA_MULTIVERSION
double clara_sum_of_squares(const float *restrict x, size_t count) {
    double total = 0;
    for (size_t start = 0; start < count; start += 4096) {
        size_t end = start + 4096 < count ? start + 4096 : count;
        float sum = 0;
        {
#pragma clang fp reassociate(on)
            for (size_t k = start; k < end; k++) sum += x[k] * x[k];
        }
        total += sum;
    }
    return total;
}

CLARA_MULTIVERSION
void clara_adam_step(
    float *restrict weights, const float *restrict gradients, float *restrict m, float *restrict v,
    size_t count, float gradient_scale, float rate, float beta1, float beta2, float epsilon,
    float correction1, float correction2, float weight_decay
) {
    float step = rate / correction1;
    float root = 1.0f / sqrtf(correction2);
    float keep = 1.0f - rate * weight_decay;
    for (size_t k = 0; k < count; k++) {
        float g = gradients[k] * gradient_scale;
        m[k] = beta1 * m[k] + (1.0f - beta1) * g;
        v[k] = beta2 * v[k] + (1.0f - beta2) * g * g;
        weights[k] = keep * weights[k] - step * m[k] / (__builtin_elementwise_sqrt(v[k]) * root + epsilon);
    }
}
