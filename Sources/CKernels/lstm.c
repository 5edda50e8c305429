#include "activations.h"
#include "clara_kernels.h"
#include "multiversion.h"

CLARA_MULTIVERSION
void clara_lstm_cell_forward(
    float *restrict gates, const float *c_before, float *c, float *restrict h,
    size_t rows, size_t hidden
) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict i = gates + row * 4 * hidden;
        float *restrict f = i + hidden;
        float *restrict g = f + hidden;
        float *restrict o = g + hidden;
        const float *before = c_before + row * hidden;
        float *after = c + row * hidden;
        float *restrict out = h + row * hidden;
#pragma clang loop vectorize(assume_safety)
        for (size_t k = 0; k < hidden; k++) {
            i[k] = clara_sigmoid(i[k]);
            f[k] = clara_sigmoid(f[k]);
            g[k] = clara_tanh(g[k]);
            o[k] = clara_sigmoid(o[k]);
            after[k] = f[k] * before[k] + i[k] * g[k];
            out[k] = o[k] * clara_tanh(after[k]);
        }
    }
}

CLARA_MULTIVERSION
void clara_lstm_cell_backward(
    float *restrict gates, const float *restrict c_before, const float *restrict c,
    const float *restrict dh, float *restrict dc, size_t rows, size_t hidden
) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict gi = gates + row * 4 * hidden;
        float *restrict gf = gi + hidden;
        float *restrict gg = gf + hidden;
        float *restrict go = gg + hidden;
        const float *restrict before = c_before + row * hidden;
        const float *restrict after = c + row * hidden;
        const float *restrict dout = dh + row * hidden;
        float *restrict dcell = dc + row * hidden;
#pragma clang loop vectorize(assume_safety)
        for (size_t k = 0; k < hidden; k++) {
            float i = gi[k], f = gf[k], g = gg[k], o = go[k];
            float t = clara_tanh(after[k]);
            float d = dcell[k] + dout[k] * o * (1.0f - t * t);
            gi[k] = d * g * i * (1.0f - i);
            gf[k] = d * before[k] * f * (1.0f - f);
            gg[k] = d * i * (1.0f - g * g);
            go[k] = dout[k] * t * o * (1.0f - o);
            dcell[k] = d * f;
        }
    }
}
