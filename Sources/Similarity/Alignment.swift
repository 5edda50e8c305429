/// The best passage that two outlines share in one transposition, moments being left out here and
/// there on either side: local alignment (Smith and Waterman 1981) with a dear leap over anything.
///
/// Time is the product of the lengths, memory that of one.
struct Alignment {
    /// What the shared moments tell, less what was left out, in sixteenths of a bit.
    private(set) var score = 0
    /// The shared passage in either outline.
    private(set) var first = 0..<0
    private(set) var second = 0..<0

    struct Costs {
        var gap = 16
        var mismatch = 24
        var leap = 400
    }

    /// - Parameter transposition: semitones from the first to the second, 0…11.
    init(_ first: Outline, _ second: Outline, transposition: Int, costs: Costs = Costs()) {
        let columns = second.codes.count
        guard columns > 0, !first.codes.isEmpty else { return }
        // A cell is 2³² · its score + where its passage began: comparing cells compares scores first.
        let gap = Int64(costs.gap) << 32
        let leap = Int64(costs.leap) << 32
        let fresh = Int64(0)
        var row = [Int64](repeating: fresh, count: columns + 1)
        // The best cell above and to the left.
        var best = [Int64](repeating: fresh, count: columns + 1)
        var table = [Int64](repeating: 0, count: 144)
        var (top, topRow, topColumn) = (Int64(0), 0, 0)
        for i in first.codes.indices {
            Self.fill(
                &table, code: Int(first.codes[i]), weight: Int(first.weights[i]),
                transposition: transposition, mismatch: costs.mismatch)
            let start = Int64(i) << 16
            var diagonal = fresh
            var bestDiagonal = fresh
            var left = fresh
            row.withUnsafeMutableBufferPointer { row in
                best.withUnsafeMutableBufferPointer { best in
                    second.codes.withUnsafeBufferPointer { codes in
                        table.withUnsafeBufferPointer { table in
                            for j in 0..<columns {
                                let above = row[j + 1]
                                var from = max(diagonal, bestDiagonal - leap)
                                if from < 1 << 32 { from = start | Int64(j) }
                                var cell = from + table[Int(codes[j])]
                                cell = max(cell, max(above, left) - gap)
                                if cell < 1 << 32 { cell = 0 }
                                diagonal = above
                                row[j + 1] = cell
                                left = cell
                                bestDiagonal = best[j + 1]
                                best[j + 1] = max(best[j + 1], max(best[j], cell))
                                if cell > top { (top, topRow, topColumn) = (cell, i, j) }
                            }
                        }
                    }
                }
            }
        }
        guard top > 0 else { return }
        score = Int(top >> 32)
        self.first = Int(top >> 16 & 0xFFFF)..<(topRow + 1)
        self.second = Int(top & 0xFFFF)..<(topColumn + 1)
    }

    /// What it is worth to lay a moment of `code` on each code of the other outline.
    private static func fill(
        _ table: inout [Int64], code: Int, weight: Int, transposition: Int, mismatch: Int
    ) {
        let top = (code / 12 + transposition) % 12
        let bottom = (code % 12 + transposition) % 12
        for other in 0..<144 {
            let value: Int
            switch (other / 12 == top, other % 12 == bottom) {
            case (true, true): value = weight
            case (true, false): value = weight / 4
            case (false, true): value = 0
            case (false, false): value = -mismatch
            }
            table[other] = Int64(value) << 32
        }
    }
}
