/// How well the segments of a piece explain it by their repetitions: the fitness of Müller, Jiang and
/// Grosche, "A Robust Fitness Measure for Capturing Repetitions in Music Recordings" (IEEE TASLP 2013,
/// sections III and IV).
package struct SegmentFitness: Sendable {
    private let matrix: SelfSimilarity

    package init(in matrix: SelfSimilarity) { self.matrix = matrix }

    /// A path family up to a cell: the best one, by its score.
    private struct Family {
        /// The sum over its cells.
        var score: Double
        /// How many cells it has.
        var cells = 0
        /// How many frames of the piece its paths span.
        var covered = 0

        static let none = Family(score: -.infinity)

        func extended(by value: Double, frames: Int) -> Family {
            Family(score: score + value, cells: cells + 1, covered: covered + frames)
        }
    }

    /// The fitness of the segment that is `count` frames long.
    ///
    /// The segment's repetitions are the paths of the best path family over it: each relates the whole
    /// segment to a stretch of the piece by steps (1, 1), (1, 2) and (2, 1), none overlapping in the piece;
    /// itself is one of them. Score and coverage, each without what the segment has with itself alone and
    /// in proportion, give the fitness as their harmonic mean.
    ///
    /// O(N · count).
    ///
    /// - Returns: 0…1; 0 where nothing comes again.
    package func fitness(ofSegmentAt start: Int, count: Int) -> Double {
        precondition(
            start >= 0 && count >= 1 && start + count <= matrix.size, "a segment lies in the piece")
        let best = bestFamily(start, count)
        guard best.cells > 0 else { return 0 }
        let score = (best.score - Double(count)) / Double(best.cells)
        let coverage = Double(best.covered - count) / Double(matrix.size)
        guard score > 0, coverage > 0 else { return 0 }
        return 2 * score * coverage / (score + coverage)
    }

    /// Column 0 holds the best family of paths that are over before a row; column m, of those whose last
    /// path has come to the segment's mth frame there.
    private func bestFamily(_ start: Int, _ count: Int) -> Family {
        let width = count + 1
        var older = [Family](repeating: .none, count: width)
        var old = older
        var row = older
        row[0] = Family(score: 0)
        for n in 0..<matrix.size {
            (older, old, row) = (old, row, older)
            if n == 0 {
                row[0] = old[0]
            } else {
                row[0] = old[0].score >= old[count].score ? old[0] : old[count]
            }
            let values = n * matrix.size + start - 1
            row[1] = row[0].extended(by: matrix.values[values + 1], frames: 1)
            for m in stride(from: 2, through: count, by: 1) {
                let value = matrix.values[values + m]
                // A path begins with the segment's first frame, so column 0 leads to column 1 only.
                let straight = n > 0 ? old[m - 1] : .none
                let wide = n > 0 && m > 2 ? old[m - 2] : .none
                let long = n > 1 ? older[m - 1] : .none
                if straight.score >= max(wide.score, long.score) {
                    row[m] = straight.extended(by: value, frames: 1)
                } else if wide.score >= long.score {
                    row[m] = wide.extended(by: value, frames: 1)
                } else {
                    row[m] = long.extended(by: value, frames: 2)
                }
            }
        }
        return row[0].score >= row[count].score ? row[0] : row[count]
    }
}
