// Attention for generating: one head of one stream, one place after the other, over keys and values
// that are kept (a key–value cache), as 16- or as 32-bit floats.
//
// They are kept in blocks of CLARA_KEPT_PLACES places. A head's part of a block holds its keys, turned by
// their places' angles, as panels [head][CLARA_KEPT_PLACES], and then its values as rows
// [CLARA_KEPT_PLACES][CLARA_KEPT_ROW(head)].
#ifndef CLARA_ATTENTION_STEP_H
#define CLARA_ATTENTION_STEP_H

#include <stddef.h>
#include <stdint.h>

#define CLARA_KEPT_PLACES 64
/// The width of a row of values.
#define CLARA_KEPT_ROW(head) (((head) + 15) / 16 * 16)

/// What one place sees: slots first … last of some blocks, counted from the start of the first one.
/// Slot `last` is the place's own.
typedef struct {
    void *const *blocks;
    size_t first;
    size_t last;
    const float *cosines;  // of the place's angles, (head / 2)
    const float *sines;
} clara_seen_places;

/// Numbers of a head's part of a block.
size_t clara_kept_size(size_t head);

/// Room that attention needs for its scores, in floats.
size_t clara_kept_scores(size_t blocks);

/// Turns the place's query and key (head), keeps its key and value, and
/// out (head) = softmax(query·keysᵀ/√head)·values over the places seen.
/// part: where the head's part of a block begins, in numbers.
void clara_half_attention_step(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores);
void clara_float_attention_step(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores);

/// The same compiled for the oldest processor only; see clara_portable_kernels.h.
void clara_portable_half_attention_step(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores);
void clara_portable_float_attention_step(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores);

#endif
