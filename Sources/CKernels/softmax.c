#include <math.h>

#include "activations.h"
#include "clara_kernels.h"
#include "multiversion.h"

CLARA_MULTIVERSION
void clara_softmax_cross_entropy(
    const float *logits, const int32_t *restrict targets, float *gradient, float *restrict losses,
    size_t rows, size_t classes, float scale
) {
#pragma clang fp reassociate(on)
    for (size_t row = 0; row < rows; row++) {
        const float *x = logits + row * classes;
        float *d = gradient + row * classes;
        int32_t target = targets[row];
        if (target < 0) {
            losses[row] = 0;
            for (size_t k = 0; k < classes; k++) d[k] = 0;
            continue;
        }
        float top = x[0];
        for (size_t k = 1; k < classes; k++) top = x[k] > top ? x[k] : top;
        float at_target = x[target] - top;
        for (size_t k = 0; k < classes; k++) d[k] = x[k] - top;
        for (size_t k = 0; k < classes; k++) d[k] = clara_exp(d[k]);
        float sum = 0;
        for (size_t k = 0; k < classes; k++) sum += d[k];
        losses[row] = logf(sum) - at_target;
        float factor = scale / sum;
        for (size_t k = 0; k < classes; k++) d[k] *= factor;
        d[target] -= scale;
    }
}
