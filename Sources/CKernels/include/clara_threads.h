// What a thread does while it waits a moment for another one.
#ifndef CLARA_THREADS_H
#define CLARA_THREADS_H

/// Tells the processor that the loop around it only waits: less power, and the core's other thread
/// gets more of it.
static inline void clara_spin_hint(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
