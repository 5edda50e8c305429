#include "clara_kernels.h"
#include "multiversion.h"

// The finaliser of MurmurHash3 (Appleby, public domain): every bit of x sways every bit of the result.
__attribute__((always_inline)) static inline uint32_t scramble(uint32_t x) {
    x ^= x >> 16;
    x *= 0x85EBCA6Bu;
    x ^= x >> 13;
    x *= 0xC2B2AE35u;
    x ^= x >> 16;
    return x;
}

CLARA_MULTIVERSION
void clara_dropout(float *y, const float *x, size_t count, uint64_t seed, float rate) {
    uint32_t first = (uint32_t)seed, second = (uint32_t)(seed >> 32);
    // 31 bits, so that the comparison is one of signed numbers, which every vector unit has.
    int32_t limit = (int32_t)(rate * 2147483648.0);
    float scale = 1.0f / (1.0f - rate);
#pragma clang loop vectorize(assume_safety)
    for (size_t k = 0; k < count; k++) {
        uint32_t bits = scramble(scramble((uint32_t)k + first) + second);
        y[k] = (int32_t)(bits >> 1) < limit ? 0.0f : x[k] * scale;
    }
}
