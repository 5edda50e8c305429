#include "include/clara_exponentials.h"

#include <stdint.h>
#include <string.h>

#include "multiversion.h"

// 2^n · 2^r, |r| ≤ 1/2, by the series of e^(r·ln 2) up to the ninth power: off by 2^-40 at most.
__attribute__((always_inline)) static inline float exponential(float x) {
    double clamped = x > -104.0f ? x : -104.0f;
    double t = clamped * 1.4426950408889634;
    // Adding 1.5·2^52 rounds to a whole number that then stands in the low bits.
    double shifted = t + 6755399441055744.0;
    double r = (t - (shifted - 6755399441055744.0)) * 0.6931471805599453;
    double p = 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    int64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (int64_t)((uint64_t)(bits - 0x4338000000000000 + 1023) << 52);
    double power;
    memcpy(&power, &bits, sizeof power);
    return (float)(p * power);
}

CLARA_MULTIVERSION
void clara_exponentials(float *y, const float *x, size_t count) {
#pragma clang loop vectorize(assume_safety)
    for (size_t k = 0; k < count; k++) y[k] = exponential(x[k]);
}
