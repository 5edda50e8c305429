// Path families over a segment of a piece, frame by frame (Müller, Jiang and Grosche 2013, section III): the best
// of a row of the self-similarity matrix from those of the two rows before.
#ifndef CLARA_PATH_FAMILIES_H
#define CLARA_PATH_FAMILIES_H

#include <stddef.h>

/// The best families up to the cells of a row, column m for the segment's mth frame, counted from 1; column 0
/// holds none, a score of −∞.
typedef struct {
    double *scores;   // sums over the cells of the paths
    double *cells;    // how many these are
    double *covered;  // frames of the piece that the paths span
} clara_path_families;

/// Columns 2 … count of a row: what leads there by a step (1, 1) from the row before, (1, 2) likewise or (2, 1) from
/// the one before that, whichever is best, in this order where they are as good.
///
/// values: of the row's cells, (count) from the segment's first frame on. No two rows overlap.
void clara_extend_path_families(
    clara_path_families row, clara_path_families before, clara_path_families earlier,
    const double *values, size_t count);

#endif
