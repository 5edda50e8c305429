// The Transformer's kernels compiled for the oldest processor only; see `clara_portable_kernels.h`.
#ifndef CLARA_PORTABLE_TRANSFORMER_KERNELS_H
#define CLARA_PORTABLE_TRANSFORMER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

void clara_portable_attention_pack(
    float *restrict rows, float *restrict panels, const float *restrict x, size_t stride,
    size_t first, size_t count, size_t head, const float *restrict cosines,
    const float *restrict sines, float scale);
void clara_portable_attention_unpack(
    float *restrict x, size_t stride, const float *restrict rows, size_t count, size_t head,
    const float *restrict cosines, const float *restrict sines, float scale);
void clara_portable_attention_forward(
    float *restrict out, float *restrict normalisers, const float *restrict queries,
    const float *restrict key_panels, const float *restrict values,
    const int32_t *restrict first_keys, size_t count, size_t before, size_t head,
    float *restrict scores);
void clara_portable_attention_backward(
    float *restrict dqueries, float *restrict dkeys, float *restrict dvalues,
    const float *restrict queries, const float *restrict key_panels, const float *restrict keys,
    const float *restrict value_panels, const float *restrict out, const float *restrict dout,
    const float *restrict normalisers, const int32_t *restrict first_keys, size_t count,
    size_t before, size_t head);
void clara_portable_layer_norm_forward(
    float *restrict y, float *restrict normalised, float *restrict scales, const float *restrict x,
    const float *restrict weight, const float *restrict bias, size_t rows, size_t columns,
    float epsilon);
void clara_portable_layer_norm_output(
    float *restrict y, const float *restrict normalised, const float *restrict weight,
    const float *restrict bias, size_t rows, size_t columns);
void clara_portable_layer_norm_backward(
    float *restrict dx, float *restrict dweight, float *restrict dbias, const float *restrict dy,
    const float *restrict normalised, const float *restrict scales, const float *restrict weight,
    size_t rows, size_t columns);
void clara_portable_gelu_forward(
    float *restrict y, float *restrict x, const float *restrict bias, size_t rows, size_t columns);
void clara_portable_gelu_backward(
    float *restrict y, float *restrict x, const float *restrict dy, size_t count);

#endif
