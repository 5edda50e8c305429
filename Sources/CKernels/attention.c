#include <math.h>

#include "activations.h"
#include "clara_transformer_kernels.h"
#include "multiversion.h"

// Everything here is small products of packed blocks: BLOCK queries by BLOCK keys by a head's width.
// Keys and values for the products over the width lie in panels, [key / PANEL][width][PANEL].
typedef float Lanes __attribute__((vector_size(64), aligned(4)));

enum { LANES = 16, PANEL = CLARA_ATTENTION_PANEL, BLOCK = CLARA_ATTENTION_BLOCK };

__attribute__((always_inline)) static inline float sum_of_lanes(const Lanes *sums) {
    Lanes lanes = *sums;
    for (int width = LANES / 2; width > 0; width /= 2) {
        for (int k = 0; k < width; k++) lanes[k] += lanes[k + width];
    }
    return lanes[0];
}

// c (ROWS, COLUMNS·LANES) = or += the sum over k of a(row, k) · b (k, COLUMNS·LANES).
// a(row, k) stands at a[row · a_row + k · a_step].
__attribute__((always_inline)) static inline void small_product(
    float *restrict c, size_t c_row, const float *restrict a, size_t a_row, size_t a_step,
    const float *restrict b, size_t b_row, size_t count, int accumulate,
    const int ROWS, const int COLUMNS
) {
    Lanes sums[8][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) {
#pragma clang loop unroll(full)
        for (int l = 0; l < COLUMNS; l++) {
            sums[r][l] = accumulate ? *(const Lanes *)(c + r * c_row + l * LANES) : (Lanes){0};
        }
    }
    for (size_t k = 0; k < count; k++) {
        Lanes right[2];
#pragma clang loop unroll(full)
        for (int l = 0; l < COLUMNS; l++) right[l] = *(const Lanes *)(b + k * b_row + l * LANES);
#pragma clang loop unroll(full)
        for (int r = 0; r < ROWS; r++) {
            float left = a[r * a_row + k * a_step];
#pragma clang loop unroll(full)
            for (int l = 0; l < COLUMNS; l++) sums[r][l] += left * right[l];
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) {
#pragma clang loop unroll(full)
        for (int l = 0; l < COLUMNS; l++) *(Lanes *)(c + r * c_row + l * LANES) = sums[r][l];
    }
}

// The same for `rows` a multiple of 8 and 32 columns, in pieces that the machine's registers hold.
__attribute__((always_inline)) static inline void product(
    float *restrict c, size_t c_row, const float *restrict a, size_t a_row, size_t a_step,
    const float *restrict b, size_t b_row, size_t rows, size_t count, int accumulate
) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        for (size_t r = 0; r < rows; r += 8) {
            small_product(
                c + r * c_row, c_row, a + r * a_row, a_row, a_step, b, b_row, count, accumulate,
                8, 2);
        }
        return;
    }
#endif
    for (size_t r = 0; r < rows; r += 4) {
        for (size_t l = 0; l < 2 * LANES; l += LANES) {
            small_product(
                c + r * c_row + l, c_row, a + r * a_row, a_row, a_step, b + l, b_row, count,
                accumulate, 4, 1);
        }
    }
}

// One row of scores, a multiple of PANEL wide → e^(score − largest) in place over [from, to), 0
// outside. Returns the sum, and writes ln Σ e^score.
__attribute__((always_inline)) static inline float exponentials(
    float *restrict x, size_t from, size_t to, size_t width, float *normaliser
) {
    for (size_t k = 0; k < from; k++) x[k] = -INFINITY;
    for (size_t k = to; k < width; k++) x[k] = -INFINITY;
    Lanes tops = *(const Lanes *)x;
    for (size_t k = LANES; k < width; k += LANES) {
        tops = __builtin_elementwise_max(tops, *(const Lanes *)(x + k));
    }
    float top = __builtin_reduce_max(tops);
    for (size_t k = 0; k < width; k++) x[k] = clara_exp(x[k] - top);
    for (size_t k = 0; k < from; k++) x[k] = 0;
    for (size_t k = to; k < width; k++) x[k] = 0;
    Lanes sums[2] = {{0}, {0}};
    for (size_t k = 0; k < width; k += 2 * LANES) {
        sums[0] += *(const Lanes *)(x + k);
        sums[1] += *(const Lanes *)(x + k + LANES);
    }
    sums[0] += sums[1];
    float sum = sum_of_lanes(&sums[0]);
    *normaliser = top + logf(sum);
    return sum;
}

CLARA_MULTIVERSION
void clara_attention_forward(
    float *restrict out, float *restrict normalisers, const float *restrict queries,
    const float *restrict key_panels, const float *restrict values,
    const int32_t *restrict first_keys, size_t count, size_t before, size_t head,
    float *restrict scores
) {
    size_t padded = CLARA_ATTENTION_PADDED(head);
    for (size_t start = 0; start < count; start += PANEL) {
        size_t end = start + PANEL < count ? start + PANEL : count;
        size_t low = (size_t)first_keys[start] / PANEL * PANEL, high = before + end;
        size_t width = (high - low + PANEL - 1) / PANEL * PANEL;
        for (size_t column = 0; column < width; column += PANEL) {
            product(
                scores + column, width, queries + start * padded, padded, 1,
                key_panels + (low + column) * head, PANEL, PANEL, head, 0);
        }
        float sums[PANEL];
        for (size_t row = start; row < end; row++) {
            sums[row - start] = exponentials(
                scores + (row - start) * width, (size_t)first_keys[row] - low,
                before + row + 1 - low, width, normalisers + row);
        }
        for (size_t column = 0; column < padded; column += PANEL) {
            product(
                out + start * padded + column, padded, scores, width, 1,
                values + low * padded + column, padded, PANEL, high - low, 0);
        }
        for (size_t row = start; row < end; row++) {
            float *restrict y = out + row * padded;
            float scale = 1.0f / sums[row - start];
            for (size_t k = 0; k < padded; k++) y[k] *= scale;
        }
    }
}

// Scores → probabilities, and their gradients → those of the scores, for queries [from, to) of a
// block and the keys of one panel. Hidden keys get 0.
__attribute__((always_inline)) static inline void score_gradients(
    float *restrict p, float *restrict d, const float *restrict normalisers,
    const float *restrict deltas, const int32_t *restrict first_keys, size_t from, size_t to,
    size_t count, size_t query, size_t before, size_t key
) {
    for (size_t r = from; r < to; r++) {
        float *restrict x = p + r * PANEL, *restrict g = d + r * PANEL;
        size_t row = query + r;
        int hidden = row >= count;
        int32_t first = hidden ? 0 : first_keys[row] - (int32_t)key;
        int32_t last = hidden ? -1 : (int32_t)(before + row) - (int32_t)key;
        float normaliser = hidden ? 0 : normalisers[row], delta = hidden ? 0 : deltas[r];
        for (int32_t k = 0; k < PANEL; k++) {
            float probability = clara_exp(x[k] - normaliser);
            probability = k >= first && k <= last ? probability : 0;
            x[k] = probability;
            g[k] = probability * (g[k] - delta);
        }
    }
}

CLARA_MULTIVERSION
void clara_attention_backward(
    float *restrict dqueries, float *restrict dkeys, float *restrict dvalues,
    const float *restrict queries, const float *restrict key_panels, const float *restrict keys,
    const float *restrict value_panels, const float *restrict out, const float *restrict dout,
    const float *restrict normalisers, const int32_t *restrict first_keys, size_t count,
    size_t before, size_t head
) {
    float p[BLOCK * PANEL], d[BLOCK * PANEL], deltas[BLOCK];
    size_t padded = CLARA_ATTENTION_PADDED(head);
    size_t whole = (count + BLOCK - 1) / BLOCK * BLOCK * padded;
    for (size_t k = 0; k < whole; k++) dqueries[k] = dkeys[k] = dvalues[k] = 0;
    for (size_t start = 0; start < count; start += BLOCK) {
        size_t end = start + BLOCK < count ? start + BLOCK : count;
        const float *q = queries + start * padded, *dy = dout + start * padded;
        const float *y = out + start * padded;
        for (size_t r = 0; r < BLOCK; r++) {
#pragma clang fp reassociate(on)
            float sum = 0;
            for (size_t k = 0; k < padded; k++) sum += dy[r * padded + k] * y[r * padded + k];
            deltas[r] = sum;
        }
        size_t low = (size_t)first_keys[start] / PANEL * PANEL;
        for (size_t key = low; key < before + end; key += PANEL) {
            // Queries before the panel do not see it.
            size_t from = key > before + start ? key - before - start : 0, rows = BLOCK - from;
            product(
                p + from * PANEL, PANEL, q + from * padded, padded, 1, key_panels + key * head,
                PANEL, rows, head, 0);
            product(
                d + from * PANEL, PANEL, dy + from * padded, padded, 1, value_panels + key * head,
                PANEL, rows, head, 0);
            score_gradients(
                p, d, normalisers, deltas, first_keys, from, BLOCK, count, start, before, key);
            for (size_t column = 0; column < padded; column += PANEL) {
                product(
                    dqueries + (start + from) * padded + column, padded, d + from * PANEL, PANEL,
                    1, keys + key * padded + column, padded, rows, PANEL, 1);
                if (key < before) continue;
                size_t own = (key - before) * padded + column;
                product(
                    dkeys + own, padded, d + from * PANEL, 1, PANEL,
                    q + from * padded + column, padded, PANEL, rows, 1);
                product(
                    dvalues + own, padded, p + from * PANEL, 1, PANEL,
                    dy + from * padded + column, padded, PANEL, rows, 1);
            }
        }
    }
}
