// The few loops that need vector instructions, as plain C that the compiler vectorises; compiled for
// several x86-64 levels and chosen at run time, so that no unsafe build flag is needed.
// Shapes are row-major; no function allocates; pointers may not overlap unless a comment says so.
#ifndef CLARA_KERNELS_H
#define CLARA_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// --- LSTM cell (Hochreiter & Schmidhuber 1997, with forget gates), gate order i, f, g, o as PyTorch.

/// gates (rows, 4·hidden): on entry preactivations, on return sigma(i), sigma(f), tanh(g), sigma(o).
/// c = f·c_before + i·g; h = o·tanh(c); all (rows, hidden). c may be c_before.
void clara_lstm_cell_forward(
    float *restrict gates, const float *c_before, float *c, float *restrict h,
    size_t rows, size_t hidden);

/// gates: on entry the activated gates, on return the gradients of the preactivations.
/// dh: gradient of this step's h. dc: on entry the gradient of c from the later step, on return the
/// one for c_before.
void clara_lstm_cell_backward(
    float *restrict gates, const float *restrict c_before, const float *restrict c,
    const float *restrict dh, float *restrict dc, size_t rows, size_t hidden);

// --- Products with a matrix that is used again and again, as recurrent weights are

/// Floats of a packed matrix (k, n).
size_t clara_packed_size(size_t k, size_t n);

/// Lays a matrix (k, n) out for clara_packed_product, from b (k, n), or from b (n, k) where transposed.
void clara_pack(float *restrict packed, const float *restrict b, size_t k, size_t n, int transposed);

/// c (m, n) = a (m, k) · packed (k, n), or c += where accumulating. A row of c depends on that row of a
/// only, bit for bit.
void clara_packed_product(
    float *restrict c, const float *restrict a, const float *restrict packed, size_t m, size_t k,
    size_t n, int accumulate);

// --- Softmax and cross-entropy

/// Writes into gradient (rows, classes) scale·(softmax(logits) − onehot(target)), and into losses
/// (rows) −ln p(target) in nats. gradient may be logits. A target below 0 is skipped: loss 0, gradient 0.
void clara_softmax_cross_entropy(
    const float *logits, const int32_t *restrict targets, float *gradient, float *restrict losses,
    size_t rows, size_t classes, float scale);

// --- Element-wise

/// y += a·x
void clara_add_scaled(float *restrict y, const float *restrict x, float a, size_t count);
/// y ·= x
void clara_multiply(float *restrict y, const float *restrict x, size_t count);
/// Each row of y (rows, columns) += bias (columns).
void clara_add_bias(float *restrict y, const float *restrict bias, size_t rows, size_t columns);
/// gradient (columns) += the sum of the rows of x (rows, columns).
void clara_add_row_sums(float *restrict gradient, const float *restrict x, size_t rows, size_t columns);
/// The sum of squares, in double precision over blocks, in a fixed order.
double clara_sum_of_squares(const float *restrict x, size_t count);

/// y ·= a
void clara_scale(float *restrict y, float a, size_t count);

/// y = x with each element set to zero with probability rate, 0 ≤ rate < 1, and the others multiplied by
/// 1/(1 − rate). Which ones depends on seed and place only, so that a mask can be made again instead of
/// kept. count is below 2^32. y may be x.
void clara_dropout(float *y, const float *x, size_t count, uint64_t seed, float rate);

/// One Adam step with decoupled weight decay (Kingma & Ba 2015; Loshchilov & Hutter 2019).
/// correction1 and correction2 are 1 − beta^t.
void clara_adam_step(
    float *restrict weights, const float *restrict gradients, float *restrict m, float *restrict v,
    size_t count, float gradient_scale, float rate, float beta1, float beta2, float epsilon,
    float correction1, float correction2, float weight_decay);

// --- Inference on half-precision weights (IEEE binary16, stored as uint16_t)

/// y (streams, rows) = x (streams, columns) · weightsᵀ + bias, weights (rows, columns);
/// bias (rows) may be NULL; when `accumulate` is not 0, y is added to instead of set.
void clara_half_linear(
    float *restrict y, const float *restrict x, const uint16_t *restrict weights,
    const float *restrict bias, size_t streams, size_t rows, size_t columns, int accumulate);

/// The same with rows of x and y that lie `stride` floats apart, from halves and from 32-bit weights: so
/// that threads can share the rows of a matrix.
void clara_half_rows(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const uint16_t *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate);
void clara_float_rows(
    float *restrict y, size_t y_stride, const float *restrict x, size_t x_stride,
    const float *restrict weights, const float *restrict bias, size_t streams, size_t rows,
    size_t columns, int accumulate);

/// y += x
void clara_add_half(float *restrict y, const uint16_t *restrict x, size_t count);
void clara_half_from_float(uint16_t *restrict y, const float *restrict x, size_t count);
void clara_float_from_half(float *restrict y, const uint16_t *restrict x, size_t count);

#endif
