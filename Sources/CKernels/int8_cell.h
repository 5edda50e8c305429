// One LSTM cell of 16 units, in registers.
#ifndef CLARA_INT8_CELL_H
#define CLARA_INT8_CELL_H

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
CLARA_INLINE void cell_lanes(const Lanes gates[4], float *c, float *h) {
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

#endif
