#ifndef CLARA_MULTIVERSION_H
#define CLARA_MULTIVERSION_H

// One copy of a function for every x86-64 level (baseline; AVX2, FMA and F16C; AVX-512), the best one
// picked when the program is loaded. Elsewhere (64-bit Arm) one portable copy.
#if defined(__x86_64__) && defined(__linux__)
#define CLARA_MULTIVERSION \
    __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLARA_MULTIVERSION
#endif

#endif
