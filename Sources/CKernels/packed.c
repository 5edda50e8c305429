#include "clara_kernels.h"
#include "clara_portable_kernels.h"

#include <string.h>

// Panels of 48 columns, each (k, 48): three vectors of sixteen lanes, or twice three of eight, or four
// times three of four, so that one layout serves every processor. For every element the sums run over
// k in order, in blocks of K_BLOCK, so that a row's results do not depend on the other rows.
enum { PANEL = 48, VECTORS = 3, K_BLOCK = 640 };

typedef float Lanes4 __attribute__((vector_size(16), aligned(4)));
typedef float Lanes8 __attribute__((vector_size(32), aligned(4)));
typedef float Lanes16 __attribute__((vector_size(64), aligned(4)));

// c (ROWS, 3 vectors) += a (ROWS, k) · panel (k, 3 vectors); lda and ldc in floats.
#define CLARA_TILE(NAME, LANES_TYPE, LANES, ROWS)                                                  \
    __attribute__((always_inline)) static inline void NAME(                                        \
        float *restrict c, size_t ldc, const float *restrict a, size_t lda,                        \
        const float *restrict panel, size_t k                                                      \
    ) {                                                                                            \
        LANES_TYPE sums[ROWS][VECTORS];                                                            \
        _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++) {                        \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) {                 \
                sums[r][v] = *(const LANES_TYPE *)(c + r * ldc + v * LANES);                       \
            }                                                                                      \
        }                                                                                          \
        for (size_t i = 0; i < k; i++) {                                                           \
            LANES_TYPE b[VECTORS];                                                                 \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) {                 \
                b[v] = *(const LANES_TYPE *)(panel + i * PANEL + v * LANES);                       \
            }                                                                                      \
            _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++) {                    \
                float x = a[r * lda + i];                                                          \
                _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) {             \
                    sums[r][v] += x * b[v];                                                        \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
        _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++) {                        \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) {                 \
                *(LANES_TYPE *)(c + r * ldc + v * LANES) = sums[r][v];                             \
            }                                                                                      \
        }                                                                                          \
    }

// All rows of one block of a panel, ROWS at a time, then one by one.
#define CLARA_PANEL_ROWS(NAME, TILE, TILE_OF_ONE, LANES, ROWS)                                     \
    __attribute__((always_inline)) static inline void NAME(                                        \
        float *restrict c, size_t ldc, const float *restrict a, size_t lda,                        \
        const float *restrict panel, size_t m, size_t k                                            \
    ) {                                                                                            \
        for (size_t first = 0; first < PANEL; first += VECTORS * LANES) {                          \
            size_t row = 0;                                                                        \
            for (; row + ROWS <= m; row += ROWS) {                                                 \
                TILE(c + row * ldc + first, ldc, a + row * lda, lda, panel + first, k);            \
            }                                                                                      \
            for (; row < m; row++) {                                                               \
                TILE_OF_ONE(c + row * ldc + first, ldc, a + row * lda, lda, panel + first, k);     \
            }                                                                                      \
        }                                                                                          \
    }

CLARA_TILE(tile_4, Lanes4, 4, 4)
CLARA_TILE(tile_4_of_one, Lanes4, 4, 1)
CLARA_PANEL_ROWS(panel_4, tile_4, tile_4_of_one, 4, 4)

typedef void PanelRows(
    float *restrict, size_t, const float *restrict, size_t, const float *restrict, size_t, size_t);

static void panel_rows_portable(
    float *restrict c, size_t ldc, const float *restrict a, size_t lda,
    const float *restrict panel, size_t m, size_t k
) {
    panel_4(c, ldc, a, lda, panel, m, k);
}

#if defined(__x86_64__)
CLARA_TILE(tile_8, Lanes8, 8, 4)
CLARA_TILE(tile_8_of_one, Lanes8, 8, 1)
CLARA_PANEL_ROWS(panel_8, tile_8, tile_8_of_one, 8, 4)
CLARA_TILE(tile_16, Lanes16, 16, 8)
CLARA_TILE(tile_16_of_one, Lanes16, 16, 1)
CLARA_PANEL_ROWS(panel_16, tile_16, tile_16_of_one, 16, 8)

__attribute__((target("avx2,fma"))) static void panel_rows_avx2(
    float *restrict c, size_t ldc, const float *restrict a, size_t lda,
    const float *restrict panel, size_t m, size_t k
) {
    panel_8(c, ldc, a, lda, panel, m, k);
}

__attribute__((target("avx512f,avx2,fma"))) static void panel_rows_avx512(
    float *restrict c, size_t ldc, const float *restrict a, size_t lda,
    const float *restrict panel, size_t m, size_t k
) {
    panel_16(c, ldc, a, lda, panel, m, k);
}

static PanelRows *best_panel_rows(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return panel_rows_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return panel_rows_avx2;
    return panel_rows_portable;
}
#else
static PanelRows *best_panel_rows(void) { return panel_rows_portable; }
#endif

size_t clara_packed_size(size_t k, size_t n) { return (n + PANEL - 1) / PANEL * PANEL * k; }

void clara_pack(
    float *restrict packed, const float *restrict b, size_t k, size_t n, int transposed
) {
    for (size_t first = 0; first < n; first += PANEL, packed += k * PANEL) {
        size_t width = n - first < PANEL ? n - first : PANEL;
        if (width < PANEL) memset(packed, 0, k * PANEL * sizeof *packed);
        if (transposed) {
            for (size_t column = 0; column < width; column++) {
                const float *restrict in = b + (first + column) * k;
                for (size_t i = 0; i < k; i++) packed[i * PANEL + column] = in[i];
            }
        } else {
            for (size_t i = 0; i < k; i++) {
                memcpy(packed + i * PANEL, b + i * n + first, width * sizeof *packed);
            }
        }
    }
}

// A panel that sticks out over the last column is computed beside and copied.
static void last_panel(
    PanelRows *rows_of, float *restrict c, size_t ldc, const float *restrict a, size_t lda,
    const float *restrict panel, size_t m, size_t k, size_t width
) {
    enum { ROWS = 8 };
    float beside[ROWS * PANEL];
    for (size_t row = 0; row < m; row += ROWS) {
        size_t count = m - row < ROWS ? m - row : ROWS;
        for (size_t r = 0; r < count; r++) {
            memset(beside + r * PANEL, 0, PANEL * sizeof *beside);
            memcpy(beside + r * PANEL, c + (row + r) * ldc, width * sizeof *beside);
        }
        rows_of(beside, PANEL, a + row * lda, lda, panel, count, k);
        for (size_t r = 0; r < count; r++) {
            memcpy(c + (row + r) * ldc, beside + r * PANEL, width * sizeof *beside);
        }
    }
}

static void product(
    PanelRows *rows_of, float *restrict c, const float *restrict a, const float *restrict packed,
    size_t m, size_t k, size_t n, int accumulate
) {
    if (!accumulate) memset(c, 0, m * n * sizeof *c);
    for (size_t start = 0; start < k; start += K_BLOCK) {
        size_t depth = k - start < K_BLOCK ? k - start : K_BLOCK;
        for (size_t first = 0; first < n; first += PANEL) {
            const float *panel = packed + first * k + start * PANEL;
            if (n - first >= PANEL) {
                rows_of(c + first, n, a + start, k, panel, m, depth);
            } else {
                last_panel(rows_of, c + first, n, a + start, k, panel, m, depth, n - first);
            }
        }
    }
}

void clara_packed_product(
    float *restrict c, const float *restrict a, const float *restrict packed, size_t m, size_t k,
    size_t n, int accumulate
) {
    product(best_panel_rows(), c, a, packed, m, k, n, accumulate);
}

void clara_portable_packed_product(
    float *restrict c, const float *restrict a, const float *restrict packed, size_t m, size_t k,
    size_t n, int accumulate
) {
    product(panel_rows_portable, c, a, packed, m, k, n, accumulate);
}
