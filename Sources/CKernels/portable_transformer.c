// See clara_portable_transformer_kernels.h: the same sources under other names, without the copies for
// newer processors.
#define CLARA_MULTIVERSION_H
#define CLARA_MULTIVERSION

#define clara_attention_pack clara_portable_attention_pack
#define clara_attention_unpack clara_portable_attention_unpack
#define clara_attention_forward clara_portable_attention_forward
#define clara_attention_backward clara_portable_attention_backward
#define clara_layer_norm_forward clara_portable_layer_norm_forward
#define clara_layer_norm_output clara_portable_layer_norm_output
#define clara_layer_norm_backward clara_portable_layer_norm_backward
#define clara_gelu_forward clara_portable_gelu_forward
#define clara_gelu_backward clara_portable_gelu_backward

#include "clara_portable_transformer_kernels.h"

#include "attention.c"
#include "attention_packing.c"
#include "feedforward.c"
#include "normalisation.c"
