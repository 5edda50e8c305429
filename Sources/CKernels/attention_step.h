// Attention of one place over keys and values kept as NUMBER; included once for each type. All sums are
// in an order that depends on the slots seen only.
//
// Define before: NUMBER, NUMBER_LANES (16 of them), NAMED(x) (x with the type's name).

// The vector x (head) turned by the place's angles.
CLARA_INLINE void NAMED(turn)(
    float *restrict turned, const float *restrict x, clara_seen_places seen, size_t head, float scale
) {
    size_t half = head / 2;
    for (size_t k = 0; k < half; k++) {
        float c = scale * seen.cosines[k], s = scale * seen.sines[k];
        turned[k] = x[k] * c - x[half + k] * s;
        turned[half + k] = x[half + k] * c + x[k] * s;
    }
}

CLARA_INLINE void NAMED(keep)(
    NUMBER *restrict block, const float *restrict key, const float *restrict value, size_t slot,
    size_t head
) {
    size_t padded = CLARA_KEPT_ROW(head);
    for (size_t k = 0; k < head; k++) block[k * PLACES + slot] = (NUMBER)key[k];
    NUMBER *restrict row = block + head * PLACES + slot * padded;
    for (size_t k = 0; k < head; k++) row[k] = (NUMBER)value[k];
    for (size_t k = head; k < padded; k++) row[k] = 0;
}

// scores (PLACES) = query · keys of a block. Meanwhile the next block's come nearer.
CLARA_INLINE void NAMED(scores)(
    float *restrict scores, const float *restrict query, const NUMBER *restrict keys,
    const NUMBER *next, size_t head
) {
    Lanes sums[PLACES / LANES] = {{0}};
    for (size_t k = 0; k < head; k++) {
        const NUMBER *restrict row = keys + k * PLACES;
#pragma clang loop unroll(full)
        for (size_t line = 0; line < PLACES * sizeof(NUMBER); line += 64) {
            __builtin_prefetch((const char *)(next + k * PLACES) + line);
        }
#pragma clang loop unroll(full)
        for (int l = 0; l < PLACES / LANES; l++) {
            NUMBER_LANES some = *(const NUMBER_LANES *)(row + l * LANES);
            sums[l] += query[k] * __builtin_convertvector(some, Lanes);
        }
    }
#pragma clang loop unroll(full)
    for (int l = 0; l < PLACES / LANES; l++) *(Lanes *)(scores + l * LANES) = sums[l];
}

// sums (4, COLUMNS·LANES) += weights · values of slots from ..< to, four slots side by side.
CLARA_INLINE void NAMED(add_values)(
    Lanes sums[4][2], const float *restrict weights, const NUMBER *restrict values, size_t row,
    size_t from, size_t to, const int COLUMNS
) {
    size_t slot = from;
    for (; slot + 4 <= to; slot += 4) {
#pragma clang loop unroll(full)
        for (int s = 0; s < 4; s++) {
#pragma clang loop unroll(full)
            for (int l = 0; l < COLUMNS; l++) {
                NUMBER_LANES some =
                    *(const NUMBER_LANES *)(values + (slot + s) * row + l * LANES);
                sums[s][l] += weights[slot + s] * __builtin_convertvector(some, Lanes);
            }
        }
    }
    for (; slot < to; slot++) {
#pragma clang loop unroll(full)
        for (int l = 0; l < COLUMNS; l++) {
            NUMBER_LANES some = *(const NUMBER_LANES *)(values + slot * row + l * LANES);
            sums[0][l] += weights[slot] * __builtin_convertvector(some, Lanes);
        }
    }
}

// mixed (COLUMNS·LANES) = scale · weights · values over all slots seen.
CLARA_INLINE void NAMED(mix)(
    float *restrict mixed, const float *restrict weights, clara_seen_places seen, size_t column,
    size_t row, float scale, const int COLUMNS
) {
    Lanes sums[4][2] = {{{0}}};
    for (size_t block = seen.first / PLACES; block <= seen.last / PLACES; block++) {
        size_t start = block * PLACES;
        size_t from = seen.first > start ? seen.first - start : 0;
        size_t to = seen.last - start < PLACES ? seen.last - start + 1 : PLACES;
        NAMED(add_values)(
            sums, weights + start, (const NUMBER *)seen.blocks[block] + column, row, from, to,
            COLUMNS);
    }
#pragma clang loop unroll(full)
    for (int l = 0; l < COLUMNS; l++) {
        *(Lanes *)(mixed + l * LANES) =
            scale * ((sums[0][l] + sums[1][l]) + (sums[2][l] + sums[3][l]));
    }
}

CLARA_INLINE void NAMED(attention_step)(
    float *restrict out, const float *restrict query, const float *restrict key,
    const float *restrict value, clara_seen_places seen, size_t part, size_t head,
    float *restrict scores
) {
    float turned[LARGEST_HEAD], mixed[LARGEST_HEAD];
    size_t row = CLARA_KEPT_ROW(head), newest = seen.last / PLACES;
    NAMED(turn)(turned, key, seen, head, 1.0f);
    NAMED(keep)((NUMBER *)seen.blocks[newest] + part, turned, value, seen.last % PLACES, head);
    NAMED(turn)(turned, query, seen, head, 1.0f / sqrtf((float)head));
    for (size_t block = seen.first / PLACES; block <= newest; block++) {
        size_t next = block < newest ? block + 1 : block;
        NAMED(scores)(
            scores + block * PLACES, turned, (const NUMBER *)seen.blocks[block] + part,
            (const NUMBER *)seen.blocks[next] + part, head);
    }
    size_t before = seen.first / PLACES * PLACES;
    float sum = kept_exponentials(
        scores + before, seen.first - before, seen.last - before, (newest + 1) * PLACES - before);
    size_t column = 0, values = part + head * PLACES;
    for (; column + 2 * LANES <= row; column += 2 * LANES) {
        NAMED(mix)(mixed + column, scores, seen, values + column, row, 1.0f / sum, 2);
    }
    if (column < row) NAMED(mix)(mixed + column, scores, seen, values + column, row, 1.0f / sum, 1);
    for (size_t k = 0; k < head; k++) out[k] = mixed[k];
}

#undef NUMBER
#undef NUMBER_LANES
#undef NAMED
