#ifndef CLARA_LANES_H
#define CLARA_LANES_H

#include <stdint.h>

// Sixteen numbers at a time, whatever the machine's registers hold.
typedef float Lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t IntLanes __attribute__((vector_size(64), aligned(4)));

enum { LANES = 16 };

#define CLARA_INLINE __attribute__((always_inline)) static inline

// Lane by lane a where the mask is −1, b where it is 0.
#define CLARA_CHOSEN(MASK, A, B) ((Lanes)(((MASK) & (IntLanes)(A)) | (~(MASK) & (IntLanes)(B))))

CLARA_INLINE float sum_of_lanes(const Lanes *sums) {
    Lanes lanes = *sums;
    for (int width = LANES / 2; width > 0; width /= 2) {
        for (int k = 0; k < width; k++) lanes[k] += lanes[k + width];
    }
    return lanes[0];
}

#endif
