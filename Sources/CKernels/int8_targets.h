#ifndef CLARA_INT8_TARGETS_H
#define CLARA_INT8_TARGETS_H

// What the functions of a path may use; which path that is, is asked when the program runs.
#ifdef __x86_64__
#include <immintrin.h>
#define CLARA_AVX2 __attribute__((target("avx2,fma,f16c")))
#define CLARA_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma,f16c")))
#endif

#endif
