// See clara_portable_kernels.h: the same source under other names, without the copies for newer
// processors.
#define CLARA_MULTIVERSION_H
#define CLARA_MULTIVERSION

#define clara_half_attention_step clara_portable_half_attention_step
#define clara_float_attention_step clara_portable_float_attention_step
#define clara_kept_size clara_portable_kept_size
#define clara_kept_scores clara_portable_kept_scores

#include "include/clara_attention_step.h"

#include "attention_step.c"
