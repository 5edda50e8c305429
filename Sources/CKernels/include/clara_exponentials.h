// Probabilities up to a factor, of many logits at once.
#ifndef CLARA_EXPONENTIALS_H
#define CLARA_EXPONENTIALS_H

#include <stddef.h>

/// y = e^x, rounded from a result with 40 bits: for x ≤ 0; 0 below −104, where e^x is below the least
/// float. y may be x.
void clara_exponentials(float *y, const float *x, size_t count);

#endif
