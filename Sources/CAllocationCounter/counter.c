// glibc lets a program define malloc and its kin itself, and keeps its own under other names: the ones
// here count and pass on. Memory comes from glibc's heap as ever, so its own free takes it back.
#include "clara_allocation_counter.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CLARA_SANITIZED 1
#endif
#endif

static atomic_bool counting;
static _Atomic uint64_t allocations;
static atomic_bool measuring;
static _Atomic int64_t held;
static _Atomic int64_t most_held;

void clara_allocations_begin(void) {
    atomic_store(&allocations, 0);
    atomic_store(&counting, true);
}

uint64_t clara_allocations_end(void) {
    atomic_store(&counting, false);
    return atomic_load(&allocations);
}

void clara_heap_begin(void) {
    atomic_store(&held, 0);
    atomic_store(&most_held, 0);
    atomic_store(&measuring, true);
}

int64_t clara_heap_end(void) {
    atomic_store(&measuring, false);
    return atomic_load(&most_held);
}

#if defined(__GLIBC__) && !defined(CLARA_SANITIZED)

#include <malloc.h>

bool clara_allocations_can_be_counted(void) { return true; }

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

/// Takes note of memory that was taken, and passes it on.
static void *taken(void *memory) {
    if (atomic_load_explicit(&counting, memory_order_relaxed))
        atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    if (memory && atomic_load_explicit(&measuring, memory_order_relaxed)) {
        int64_t size = (int64_t)malloc_usable_size(memory);
        int64_t now = atomic_fetch_add_explicit(&held, size, memory_order_relaxed) + size;
        int64_t most = atomic_load_explicit(&most_held, memory_order_relaxed);
        while (now > most && !atomic_compare_exchange_weak(&most_held, &most, now)) {
        }
    }
    return memory;
}

static void returned(void *memory) {
    if (memory && atomic_load_explicit(&measuring, memory_order_relaxed))
        atomic_fetch_sub_explicit(
            &held, (int64_t)malloc_usable_size(memory), memory_order_relaxed);
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }

void *calloc(size_t number, size_t size) { return taken(__libc_calloc(number, size)); }

void *realloc(void *memory, size_t size) {
    returned(memory);
    return taken(__libc_realloc(memory, size));
}

void *memalign(size_t alignment, size_t size) {
    return taken(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
    return taken(__libc_memalign(alignment, size));
}

void free(void *memory) {
    returned(memory);
    __libc_free(memory);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *found = taken(__libc_memalign(alignment, size));
    if (!found) return ENOMEM;
    *memory = found;
    return 0;
}

#else

bool clara_allocations_can_be_counted(void) { return false; }

#endif
