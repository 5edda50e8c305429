#include "clara_transformer_kernels.h"
#include "multiversion.h"

enum { PANEL_KEYS = CLARA_ATTENTION_PANEL };

CLARA_MULTIVERSION
void clara_attention_pack(
    float *restrict rows, float *restrict panels, const float *restrict x, size_t stride,
    size_t first, size_t count, size_t head, const float *restrict cosines,
    const float *restrict sines, float scale
) {
    size_t padded = CLARA_ATTENTION_PADDED(head), half = head / 2;
    float turned[CLARA_ATTENTION_LARGEST_HEAD];
    for (size_t n = 0; n < count; n++) {
        const float *restrict in = x + n * stride;
        if (cosines) {
            const float *restrict c = cosines + n * half, *restrict s = sines + n * half;
            for (size_t k = 0; k < half; k++) {
                turned[k] = scale * (in[k] * c[k] - in[half + k] * s[k]);
                turned[half + k] = scale * (in[half + k] * c[k] + in[k] * s[k]);
            }
        } else {
            for (size_t k = 0; k < head; k++) turned[k] = scale * in[k];
        }
        size_t place = first + n;
        if (rows) {
            float *restrict out = rows + place * padded;
            for (size_t k = 0; k < head; k++) out[k] = turned[k];
            for (size_t k = head; k < padded; k++) out[k] = 0;
        }
        if (panels) {
            float *restrict out = panels + place / PANEL_KEYS * PANEL_KEYS * head + place % PANEL_KEYS;
            // One by one: the vector units that can scatter are slower at it.
#pragma clang loop vectorize(disable)
            for (size_t k = 0; k < head; k++) out[k * PANEL_KEYS] = turned[k];
        }
    }
}

CLARA_MULTIVERSION
void clara_attention_unpack(
    float *restrict x, size_t stride, const float *restrict rows, size_t count, size_t head,
    const float *restrict cosines, const float *restrict sines, float scale
) {
    size_t padded = CLARA_ATTENTION_PADDED(head), half = head / 2;
    for (size_t n = 0; n < count; n++) {
        const float *restrict in = rows + n * padded;
        float *restrict out = x + n * stride;
        if (cosines) {
            const float *restrict c = cosines + n * half, *restrict s = sines + n * half;
            for (size_t k = 0; k < half; k++) {
                out[k] = scale * (in[k] * c[k] + in[half + k] * s[k]);
                out[half + k] = scale * (in[half + k] * c[k] - in[k] * s[k]);
            }
        } else {
            for (size_t k = 0; k < head; k++) out[k] = scale * in[k];
        }
    }
}
