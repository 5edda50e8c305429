#include "clara_path_families.h"
#include "multiversion.h"

CLARA_MULTIVERSION
void clara_extend_path_families(
    clara_path_families row, clara_path_families before, clara_path_families earlier,
    const double *values, size_t count) {
#pragma clang loop vectorize(assume_safety)
    for (size_t m = 2; m <= count; m++) {
        double straight = before.scores[m - 1];
        double wide = before.scores[m - 2], tall = earlier.scores[m - 1];
        int is_wide = wide >= tall;
        double score = is_wide ? wide : tall;
        double cells = is_wide ? before.cells[m - 2] : earlier.cells[m - 1];
        double covered = is_wide ? before.covered[m - 2] + 1 : earlier.covered[m - 1] + 2;
        int is_straight = straight >= score;
        row.scores[m] = (is_straight ? straight : score) + values[m - 1];
        row.cells[m] = (is_straight ? before.cells[m - 1] : cells) + 1;
        row.covered[m] = is_straight ? before.covered[m - 1] + 1 : covered;
    }
}
