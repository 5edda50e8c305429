// Products of 8-bit weights with 8-bit inputs, for generating: whole numbers are summed exactly, so all
// processors and all batches get the same sums.
//
// Weights w (rows, columns) are rounded to whole numbers, −127…127 times a scale for each row. They are
// packed in panels of 64 rows: [panel][columns / 4][64][4], each number plus 128, columns padded with
// zeros to a multiple of 4. In the panels of an LSTM layer (4·units rows, gates i, f, g, o one after the
// other) stand 16 units: row 16·gate + unit; in other panels 64 rows in order. Rows that fill up the last
// panel are zero.
#ifndef CLARA_INT8_H
#define CLARA_INT8_H

#include <stddef.h>
#include <stdint.h>

enum { CLARA_PANEL_ROWS = 64, CLARA_PANEL_UNITS = 16 };

/// The instructions that the products use: those of any processor; AVX2; AVX-512 with VNNI.
typedef enum { CLARA_INT8_PORTABLE = 0, CLARA_INT8_AVX2 = 1, CLARA_INT8_VNNI = 2 } clara_int8_path;

/// The best path that this processor has.
clara_int8_path clara_int8_best_path(void);

/// A packed matrix.
typedef struct {
    const uint8_t *panels;  // [panel][columns / 4][64][4]
    const float *scales;    // [panel][64]
    size_t columns;         // a multiple of 4
} clara_int8_matrix;

/// Rounded inputs: x ≈ values · scale.
typedef struct {
    const int8_t *values;  // (streams, stride), zeros from the matrix's own columns on
    size_t stride;         // bytes
    const float *scales;   // (streams)
    const int32_t *sums;   // (streams), the sums of the values
} clara_int8_inputs;

/// Rounds and packs rows of halves, or of floats where `halves` is NULL.
/// gates: 4 for an LSTM layer, else 1. row: room for `columns` floats.
void clara_int8_pack(
    uint8_t *panels, float *scales, const uint16_t *halves, const float *floats, size_t rows,
    size_t columns, size_t gates, float *row);

/// values (padded) = x / scale rounded, zeros from `count` on; scale = the largest of |x| / 127.
/// Something in x that is not a finite number makes the scale NaN.
void clara_int8_quantise(
    int8_t *values, float *scale, int32_t *sum, const float *x, size_t count, size_t padded,
    clara_int8_path path);

/// sums (streams, 64) = one panel · inputs.
void clara_int8_sums(
    int32_t *sums, const uint8_t *panel, size_t columns, clara_int8_inputs x, size_t streams,
    clara_int8_path path);

/// y (streams, stride), rows 64·first ..< min(64·end, rows) = w · x + bias.
void clara_int8_linear(
    float *y, size_t stride, clara_int8_matrix w, const float *bias, clara_int8_inputs x,
    size_t streams, size_t first, size_t end, size_t rows, clara_int8_path path);

/// One step of the units 16·first ..< 16·end of an LSTM layer: preactivations = base + w · before.
/// base: (…, stride) in the panels' order, the row `index[stream]` for each stream, or row `stream` where
/// index is NULL. c, h (streams, units), units a multiple of 16: the cells' states, changed, and outputs.
void clara_int8_lstm(
    float *h, float *c, size_t units, const float *base, size_t stride, const int32_t *index,
    clara_int8_matrix w, clara_int8_inputs before, size_t streams, size_t first, size_t end,
    clara_int8_path path);

#endif
