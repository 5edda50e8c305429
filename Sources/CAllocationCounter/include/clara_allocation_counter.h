// Counts the calls that take memory from the heap, and the bytes that it holds, in the whole program that this is linked into.
#ifndef CLARA_ALLOCATION_COUNTER_H
#define CLARA_ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

/// Whether this platform can count: glibc without a sanitizer.
bool clara_allocations_can_be_counted(void);

/// Starts counting at 0: every thread's malloc, calloc, realloc, aligned_alloc, posix_memalign and
/// memalign, from whatever library.
void clara_allocations_begin(void);

/// Stops, and returns how many there were.
uint64_t clara_allocations_end(void);

/// Starts to measure how many bytes the heap holds more than now.
void clara_heap_begin(void);

/// Stops, and returns the most bytes that were held at once. Memory from before that is given back in
/// between counts against it.
int64_t clara_heap_end(void);

#endif
