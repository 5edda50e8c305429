// All of the target's headers. Named like it, so that it alone makes up the module: a build folder that
// has an older one then notices a header that is new.
#include "clara_attention_step.h"
#include "clara_exponentials.h"
#include "clara_int8.h"
#include "clara_kernels.h"
#include "clara_path_families.h"
#include "clara_portable_kernels.h"
#include "clara_portable_transformer_kernels.h"
#include "clara_threads.h"
#include "clara_transformer_kernels.h"
