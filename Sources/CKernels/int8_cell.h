// One LSTM cell of 16 units, in registers.
#ifndef CLARA_INT8_CELL_H
#define CLARA_INT8_CELL_H

#include "int8_targets.h"
#include "lanes.h"

// e^x of 16 numbers, clamped to ±28, where 1 + e^x is 1 or e^x in single precision: so the products of
// three below can neither overflow nor become denormal. As clara_exp (activations.h) otherwise.
CLARA_INLINE void exp_lanes(Lanes *lanes) {
    const Lanes limit = (Lanes){0} + 28.0f;
    // What is no number stays none.
    Lanes x = CLARA_CHOSEN(*lanes < -limit, -limit, *lanes);
    x = CLARA_CHOSEN(x > limit, limit, x);
    Lanes shifted = x * 1.44269504088896341f + 12582912.0f;
    Lanes n = shifted - 12582912.0f;
    Lanes r = x - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    Lanes p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    IntLanes power = ((IntLanes)shifted + (127 - 0x4b400000)) << 23;
    *lanes = p * (Lanes)power;
}

// c = sigma(f)·c + sigma(i)·tanh(g); h = sigma(o)·tanh(c), with one division each:
// sigma(x) = 1 / (1 + e^−x), tanh(x) = (1 − e^−2x) / (1 + e^−2x).
CLARA_INLINE void portable_cell(const Lanes gates[4], float *c, float *h) {
    Lanes i = -gates[0], f = -gates[1], g = -2.0f * gates[2], o = -gates[3];
    exp_lanes(&i);
    exp_lanes(&f);
    exp_lanes(&g);
    exp_lanes(&o);
    Lanes ig = (1.0f + i) * (1.0f + g);
    Lanes after = (*(const Lanes *)c * ig + (1.0f - g) * (1.0f + f)) / ((1.0f + f) * ig);
    Lanes e = -2.0f * after;
    exp_lanes(&e);
    *(Lanes *)c = after;
    *(Lanes *)h = (1.0f - e) / ((1.0f + o) * (1.0f + e));
}

#ifdef __x86_64__
CLARA_AVX2 CLARA_INLINE void avx2_cell(const Lanes gates[4], float *c, float *h) {
    portable_cell(gates, c, h);
}

// e^(x·factor): 2^t = 2^floor(t) · 2^r by a polynomial, over 0 ≤ r ≤ 1 off by
// less than 2e-7 of its value, and exactly 1 at 0.
CLARA_VNNI CLARA_INLINE __m512 vnni_exp(__m512 x, float factor) {
    __m512 limit = _mm512_set1_ps(28 * 1.44269504f);
    __m512 t = _mm512_mul_ps(x, _mm512_set1_ps(factor * 1.44269504f));
    // In this order, so that what is no number stays none.
    t = _mm512_max_ps(_mm512_sub_ps(_mm512_setzero_ps(), limit), _mm512_min_ps(limit, t));
    __m512 r = _mm512_reduce_ps(t, _MM_FROUND_TO_NEG_INF);
    __m512 p = _mm512_set1_ps(1.8775767e-3f);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(8.9893397e-3f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.5826318e-2f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(2.4015361e-1f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(6.9315308e-1f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1));
    return _mm512_scalef_ps(p, t);
}

// a / b by an estimate of 1 / b with 14 bits and one step of Newton's method.
CLARA_VNNI CLARA_INLINE __m512 vnni_quotient(__m512 a, __m512 b) {
    __m512 inverse = _mm512_rcp14_ps(b);
    inverse = _mm512_mul_ps(inverse, _mm512_fnmadd_ps(b, inverse, _mm512_set1_ps(2)));
    return _mm512_mul_ps(a, inverse);
}

CLARA_VNNI CLARA_INLINE void vnni_cell(const Lanes gates[4], float *c, float *h) {
    const __m512 one = _mm512_set1_ps(1);
    __m512 i = _mm512_add_ps(one, vnni_exp((__m512)gates[0], -1));
    __m512 f = _mm512_add_ps(one, vnni_exp((__m512)gates[1], -1));
    __m512 g = vnni_exp((__m512)gates[2], -2);
    __m512 o = _mm512_add_ps(one, vnni_exp((__m512)gates[3], -1));
    __m512 ig = _mm512_fmadd_ps(i, g, i);
    __m512 above = _mm512_fmadd_ps(_mm512_loadu_ps(c), ig, _mm512_fnmadd_ps(f, g, f));
    __m512 after = vnni_quotient(above, _mm512_mul_ps(f, ig));
    __m512 e = vnni_exp(after, -2);
    _mm512_storeu_ps(c, after);
    _mm512_storeu_ps(h, vnni_quotient(_mm512_sub_ps(one, e), _mm512_fmadd_ps(o, e, o)));
}
#endif

#endif
