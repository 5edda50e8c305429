#ifndef CLARA_ACTIVATIONS_H
#define CLARA_ACTIVATIONS_H

#include <stdint.h>
#include <string.h>

// e^x to about 2 units in the last place for −87 ≤ x ≤ 88, clamped outside: 2^n · e^r with a
// polynomial in r (Cephes' expf). Branch-free, so that loops over it vectorise.
__attribute__((always_inline)) static inline float clara_exp(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    // Adding 1.5·2^23 rounds to a whole number that then stands in the low bits.
    float shifted = x * 1.44269504088896341f + 12582912.0f;
    float n = shifted - 12582912.0f;
    float r = x - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    int32_t bits = ((int32_t)n + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

__attribute__((always_inline)) static inline float clara_sigmoid(float x) {
    return 1.0f / (1.0f + clara_exp(-x));
}

__attribute__((always_inline)) static inline float clara_tanh(float x) {
    return 2.0f / (1.0f + clara_exp(-2.0f * x)) - 1.0f;
}

#endif
