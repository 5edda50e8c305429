import Measures

/// `SegmentFitness` as Müller, Jiang and Grosche write it down, all rows kept.
enum PlainFitness {
    private typealias Family = (score: Double, cells: Int, covered: Int)

    static func fitness(
        in matrix: SelfSimilarity, ofSegmentAt start: Int, count: Int
    ) -> Double {
        let best = family(in: matrix, start, count)
        let score = (best.score - Double(count)) / Double(best.cells)
        let coverage = Double(best.covered - count) / Double(matrix.size)
        guard score > 0, coverage > 0 else { return 0 }
        return 2 * score * coverage / (score + coverage)
    }

    private static func family(
        in matrix: SelfSimilarity, _ start: Int, _ count: Int
    ) -> Family {
        let none: Family = (-.infinity, 0, 0)
        // Column 0: of paths that are over before the row.
        let row = Array(repeating: none, count: count + 1)
        var rows = Array(repeating: row, count: matrix.size + 1)
        rows[0][0].score = 0
        for n in 0..<matrix.size {
            for m in 1...count {
                var (best, frames) = m == 1 ? (rows[n][0], 1) : (none, 0)
                if m > 1, n > 0 { (best, frames) = (rows[n - 1][m - 1], 1) }
                if m > 2, n > 0, rows[n - 1][m - 2].score > best.score {
                    (best, frames) = (rows[n - 1][m - 2], 1)
                }
                if m > 1, n > 1, rows[n - 2][m - 1].score > best.score {
                    (best, frames) = (rows[n - 2][m - 1], 2)
                }
                let value = matrix.values[n * matrix.size + start + m - 1]
                rows[n][m] = (best.score + value, best.cells + 1, best.covered + frames)
            }
            rows[n + 1][0] = rows[n][count].score > rows[n][0].score ? rows[n][count] : rows[n][0]
        }
        return rows[matrix.size][0]
    }
}
