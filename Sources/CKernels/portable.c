// See clara_portable_kernels.h: the same sources under other names, without the copies for newer
// processors.
#define CLARA_MULTIVERSION_H
#define CLARA_MULTIVERSION

#define clara_lstm_cell_forward clara_portable_lstm_cell_forward
#define clara_lstm_cell_backward clara_portable_lstm_cell_backward
#define clara_softmax_cross_entropy clara_portable_softmax_cross_entropy
#define clara_half_linear clara_portable_half_linear
#define clara_dropout clara_portable_dropout
#define clara_half_rows clara_portable_half_rows
#define clara_float_rows clara_portable_float_rows
#define clara_add_half clara_portable_add_half
#define clara_half_from_float clara_portable_half_from_float
#define clara_float_from_half clara_portable_float_from_half

#include "clara_portable_kernels.h"

#include "dropout.c"
#include "half.c"
#include "lstm.c"
#include "softmax.c"
