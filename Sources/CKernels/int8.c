#include "include/clara_int8.h"

#include "int8_cell.h"
#include "int8_products.h"
#include "int8_rounding.h"

// How many streams' sums are held at once, on the stack.
enum { STREAMS_AT_ONCE = 16 };

clara_int8_path clara_int8_best_path(void) {
#ifdef __x86_64__
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
        return CLARA_INT8_VNNI;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CLARA_INT8_AVX2;
#endif
    return CLARA_INT8_PORTABLE;
}

// --- Layers. Inputs go by reference: copied through memory for each panel they held up all that comes
// after, as what was written in parts cannot be read as a whole before it has reached the cache.

typedef void (*sums_function)(
    int32_t *sums, const uint8_t *panel, size_t columns, const clara_int8_inputs *x, size_t streams);
typedef void (*cell_function)(const Lanes gates[4], float *c, float *h);

CLARA_INLINE size_t at_most(size_t a, size_t b) { return a < b ? a : b; }

// out = bias + sums · scales · scale
CLARA_INLINE void scaled(
    float *out, const float *bias, const int32_t *sums, const float *scales, float scale, size_t count
) {
    for (size_t k = 0; k < count; k++) out[k] = bias[k] + (float)sums[k] * (scales[k] * scale);
}

CLARA_INLINE void linear(
    float *y, size_t stride, clara_int8_matrix w, const float *bias, clara_int8_inputs x,
    size_t streams, size_t first, size_t end, size_t rows, sums_function panel_sums
) {
    int32_t sums[STREAMS_AT_ONCE * CLARA_PANEL_ROWS];
    for (size_t done = 0; done < streams; done += STREAMS_AT_ONCE) {
        size_t some = at_most(streams - done, STREAMS_AT_ONCE);
        for (size_t row = first * CLARA_PANEL_ROWS; row < end * CLARA_PANEL_ROWS; row += CLARA_PANEL_ROWS) {
            panel_sums(sums, w.panels + row * w.columns, w.columns, &x, some);
            for (size_t s = 0; s < some; s++) {
                float *out = y + (done + s) * stride + row;
                const int32_t *in = sums + s * CLARA_PANEL_ROWS;
                if (row + CLARA_PANEL_ROWS <= rows) {
                    scaled(out, bias + row, in, w.scales + row, x.scales[s], CLARA_PANEL_ROWS);
                } else {
                    scaled(out, bias + row, in, w.scales + row, x.scales[s], rows - row);
                }
            }
        }
        x.values += some * x.stride;
        x.scales += some;
        x.sums += some;
    }
}

CLARA_INLINE void lstm(
    float *h, float *c, size_t units, const float *base, size_t stride, const int32_t *index,
    clara_int8_matrix w, clara_int8_inputs before, size_t streams, size_t first, size_t end,
    sums_function panel_sums, cell_function cell
) {
    int32_t sums[STREAMS_AT_ONCE * CLARA_PANEL_ROWS];
    for (size_t done = 0; done < streams; done += STREAMS_AT_ONCE) {
        size_t some = at_most(streams - done, STREAMS_AT_ONCE);
        for (size_t panel = first; panel < end; panel++) {
            size_t row = panel * CLARA_PANEL_ROWS, unit = panel * CLARA_PANEL_UNITS;
            panel_sums(sums, w.panels + row * w.columns, w.columns, &before, some);
            for (size_t s = 0; s < some; s++) {
                size_t stream = done + s;
                const float *known = base + (index ? (size_t)index[stream] : stream) * stride + row;
                Lanes gates[4];
#pragma clang loop unroll(full)
                for (int gate = 0; gate < 4; gate++) {
                    IntLanes sum = *(const IntLanes *)(sums + s * CLARA_PANEL_ROWS + gate * LANES);
                    Lanes scale = *(const Lanes *)(w.scales + row + gate * LANES);
                    gates[gate] = *(const Lanes *)(known + gate * LANES)
                        + __builtin_convertvector(sum, Lanes) * (scale * before.scales[s]);
                }
                cell(gates, c + stream * units + unit, h + stream * units + unit);
            }
        }
        before.values += some * before.stride;
        before.scales += some;
        before.sums += some;
    }
}

// --- The three copies

#define CLARA_COPY(PATH, TARGET) \
    TARGET static void quantise_##PATH( \
        int8_t *values, float *scale, int32_t *sum, const float *x, size_t count, size_t padded \
    ) { \
        *sum = quantise(values, scale, x, count, padded); \
    } \
    TARGET static void pack_##PATH( \
        uint8_t *panels, float *scales, const uint16_t *halves, const float *floats, size_t rows, \
        size_t columns, size_t gates, float *row \
    ) { \
        pack(panels, scales, halves, floats, rows, columns, gates, row); \
    } \
    TARGET static void panel_##PATH( \
        int32_t *sums, const uint8_t *panel, size_t columns, const clara_int8_inputs *x, \
        size_t streams \
    ) { \
        PATH##_sums(sums, panel, columns, x, streams); \
    } \
    TARGET static void linear_##PATH( \
        float *y, size_t stride, clara_int8_matrix w, const float *bias, clara_int8_inputs x, \
        size_t streams, size_t first, size_t end, size_t rows \
    ) { \
        linear(y, stride, w, bias, x, streams, first, end, rows, panel_##PATH); \
    } \
    TARGET static void lstm_##PATH( \
        float *h, float *c, size_t units, const float *base, size_t stride, const int32_t *index, \
        clara_int8_matrix w, clara_int8_inputs before, size_t streams, size_t first, size_t end \
    ) { \
        lstm(h, c, units, base, stride, index, w, before, streams, first, end, panel_##PATH, \
            PATH##_cell); \
    }

CLARA_COPY(portable, )
#ifdef __x86_64__
CLARA_COPY(avx2, CLARA_AVX2)
CLARA_COPY(vnni, CLARA_VNNI)
#define CLARA_DISPATCH(NAME, ...) \
    switch (path) { \
    case CLARA_INT8_VNNI: NAME##_vnni(__VA_ARGS__); break; \
    case CLARA_INT8_AVX2: NAME##_avx2(__VA_ARGS__); break; \
    default: NAME##_portable(__VA_ARGS__); \
    }
#else
#define CLARA_DISPATCH(NAME, ...) NAME##_portable(__VA_ARGS__)
#endif

void clara_int8_pack(
    uint8_t *panels, float *scales, const uint16_t *halves, const float *floats, size_t rows,
    size_t columns, size_t gates, float *row
) {
    clara_int8_path path = clara_int8_best_path();
    CLARA_DISPATCH(pack, panels, scales, halves, floats, rows, columns, gates, row);
}

void clara_int8_quantise(
    int8_t *values, float *scale, int32_t *sum, const float *x, size_t count, size_t padded,
    clara_int8_path path
) {
    CLARA_DISPATCH(quantise, values, scale, sum, x, count, padded);
}

void clara_int8_sums(
    int32_t *sums, const uint8_t *panel, size_t columns, clara_int8_inputs x, size_t streams,
    clara_int8_path path
) {
    CLARA_DISPATCH(panel, sums, panel, columns, &x, streams);
}

void clara_int8_linear(
    float *y, size_t stride, clara_int8_matrix w, const float *bias, clara_int8_inputs x,
    size_t streams, size_t first, size_t end, size_t rows, clara_int8_path path
) {
    CLARA_DISPATCH(linear, y, stride, w, bias, x, streams, first, end, rows);
}

void clara_int8_lstm(
    float *h, float *c, size_t units, const float *base, size_t stride, const int32_t *index,
    clara_int8_matrix w, clara_int8_inputs before, size_t streams, size_t first, size_t end,
    clara_int8_path path
) {
    CLARA_DISPATCH(lstm, h, c, units, base, stride, index, w, before, streams, first, end);
}
