#include "include/clara_attention_step.h"

#include <math.h>

#include "activations.h"
#include "lanes.h"
#include "multiversion.h"

enum { PLACES = CLARA_KEPT_PLACES, LARGEST_HEAD = 256 };

size_t clara_kept_size(size_t head) { return PLACES * (head + CLARA_KEPT_ROW(head)); }

size_t clara_kept_scores(size_t blocks) { return blocks * PLACES; }

typedef _Float16 KeptHalves __attribute__((vector_size(32), aligned(2)));
typedef float KeptFloats __attribute__((vector_size(64), aligned(4)));

// Scores of slots first … last → e^(score − largest) in place. Returns their sum.
CLARA_INLINE float kept_exponentials(float *restrict x, size_t first, size_t last, size_t width) {
    for (size_t k = 0; k < first; k++) x[k] = -INFINITY;
    for (size_t k = last + 1; k < width; k++) x[k] = -INFINITY;
    Lanes tops = *(const Lanes *)x;
    for (size_t k = LANES; k < width; k += LANES) {
        tops = __builtin_elementwise_max(tops, *(const Lanes *)(x + k));
    }
    float top = __builtin_reduce_max(tops);
    for (size_t k = 0; k < width; k++) x[k] = clara_exp(x[k] - top);
    for (size_t k = 0; k < first; k++) x[k] = 0;
    for (size_t k = last + 1; k < width; k++) x[k] = 0;
    Lanes sums = {0};
    for (size_t k = 0; k < width; k += LANES) sums += *(const Lanes *)(x + k);
    return sum_of_lanes(&sums);
}

#define NUMBER _Float16
#define NUMBER_LANES KeptHalves
#define NAMED(NAME) half_##NAME
#include "attention_step.h"

#define NUMBER float
#define NUMBER_LANES KeptFloats
#define NAMED(NAME) float_##NAME
#include "attention_step.h"

CLARA_MULTIVERSION
void clara_half_attention_step(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores
) {
    half_attention_step(out, query, key, value, seen, part, head, scores);
}

CLARA_MULTIVERSION
void clara_float_attention_step(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores
) {
    float_attention_step(out, query, key, value, seen, part, head, scores);
}
