// The loops of the Transformer, as `clara_kernels.h` has the LSTM's: plain C, several x86-64 levels, no
// allocation, row-major shapes, pointers that do not overlap.
#ifndef CLARA_TRANSFORMER_KERNELS_H
#define CLARA_TRANSFORMER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// --- Attention of one head of one stream (Vaswani et al. 2017), in blocks, its probabilities never
// kept whole (Dao et al. 2022)
//
// T queries; the keys they may see are `before` carried places, a multiple of CLARA_ATTENTION_BLOCK,
// and the window's own T places. Query t stands at key before + t and sees first_keys[t] … before + t;
// first_keys never falls. Rows are as wide as the head padded with zeros; buffers of rows reach to
// a whole CLARA_ATTENTION_BLOCK, whatever finite numbers stand behind the last row, except queries
// and dout, where there must be zeros. Panels hold [key / CLARA_ATTENTION_PANEL][head][key %
// CLARA_ATTENTION_PANEL].

#define CLARA_ATTENTION_PANEL 32
#define CLARA_ATTENTION_BLOCK 64
#define CLARA_ATTENTION_LARGEST_HEAD 256
/// The width of a packed row.
#define CLARA_ATTENTION_PADDED(head) (((head) + 31) / 32 * 32)

/// Copies `count` vectors of a head, `stride` floats apart, to rows and panels from place `first`
/// on; either may be NULL. Each is multiplied by `scale`, and its pairs (k, k + head/2) are turned by
/// the place's angles, whose cosines and sines are (count, head/2), or NULL (Su et al. 2021).
void clara_attention_pack(
    float *restrict rows, float *restrict panels, const float *restrict x, size_t stride,
    size_t first, size_t count, size_t head, const float *restrict cosines,
    const float *restrict sines, float scale);

/// The gradient of that: rows (count, padded) turned back, scaled, and written to x.
void clara_attention_unpack(
    float *restrict x, size_t stride, const float *restrict rows, size_t count, size_t head,
    const float *restrict cosines, const float *restrict sines, float scale);

/// out (T, padded) = softmax(queries·keysᵀ)·values; normalisers (T) = ln Σ e^score.
/// scores: room for CLARA_ATTENTION_PANEL · (keys rounded up to a block) floats.
void clara_attention_forward(
    float *restrict out, float *restrict normalisers, const float *restrict queries,
    const float *restrict key_panels, const float *restrict values,
    const int32_t *restrict first_keys, size_t count, size_t before, size_t head,
    float *restrict scores);

/// Sets the gradients of the queries and of the window's own keys and values, all (T, padded), from
/// dout, that of out. The carried places get none.
void clara_attention_backward(
    float *restrict dqueries, float *restrict dkeys, float *restrict dvalues,
    const float *restrict queries, const float *restrict key_panels, const float *restrict keys,
    const float *restrict value_panels, const float *restrict out, const float *restrict dout,
    const float *restrict normalisers, const int32_t *restrict first_keys, size_t count,
    size_t before, size_t head);

// --- Layer normalisation (Ba et al. 2016), over rows of x (rows, columns)

/// normalised = (x − mean)·scale, scale = 1/√(variance + epsilon) into scales (rows);
/// y = normalised·weight + bias.
void clara_layer_norm_forward(
    float *restrict y, float *restrict normalised, float *restrict scales, const float *restrict x,
    const float *restrict weight, const float *restrict bias, size_t rows, size_t columns,
    float epsilon);

/// y = normalised·weight + bias, once more.
void clara_layer_norm_output(
    float *restrict y, const float *restrict normalised, const float *restrict weight,
    const float *restrict bias, size_t rows, size_t columns);

/// From dy adds the gradients: of x to dx, of weight and bias (columns) to dweight and dbias.
void clara_layer_norm_backward(
    float *restrict dx, float *restrict dweight, float *restrict dbias, const float *restrict dy,
    const float *restrict normalised, const float *restrict scales, const float *restrict weight,
    size_t rows, size_t columns);

// --- GELU (Hendrycks & Gimpel 2016), in its form with tanh

/// x (rows, columns) += bias; y = GELU(x).
void clara_gelu_forward(
    float *restrict y, float *restrict x, const float *restrict bias, size_t rows, size_t columns);

/// y = GELU(x) once more, and x = dy·GELU′(x).
void clara_gelu_backward(
    float *restrict y, float *restrict x, const float *restrict dy, size_t count);

#endif
