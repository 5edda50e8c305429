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

    /// In sixteenths of a bit: leaving a moment out, laying two on each other that have little in
    /// common, going on anywhere later.
    private static let gap: Int64 = 16
    private static let mismatch: Int64 = 24
    private static let leap: Int64 = 400

    /// - Parameter transposition: semitones from the first to the second, 0…11.
    init(_ first: Outline, _ second: Outline, transposition: Int) {
        let columns = second.codes.count
        guard columns > 0, !first.codes.isEmpty else { return }
        let table = Self.values(first.kinds, second.kinds, transposition: transposition)
        let kinds = second.kinds.count
        // A cell is 2³² · its score + where its passage began: comparing cells compares scores first.
        let (gap, leap) = (Self.gap << 32, Self.leap << 32)
        var row = [Int64](repeating: 0, count: columns + 1)
        // The best cell above and to the left.
        var best = [Int64](repeating: 0, count: columns + 1)
        var (top, topRow, topColumn) = (Int64(0), 0, 0)
        row.withUnsafeMutableBufferPointer { row in
            best.withUnsafeMutableBufferPointer { best in
                table.withUnsafeBufferPointer { table in
                    second.codes.withUnsafeBufferPointer { codes in
                        for i in first.codes.indices {
                            let base = Int(first.codes[i]) * kinds
                            let start = Int64(i) << 16
                            var (diagonal, bestDiagonal, left) = (Int64(0), Int64(0), Int64(0))
                            for j in 0..<columns {
                                let above = row[j + 1]
                                var from = max(diagonal, bestDiagonal - leap)
                                if from < 1 << 32 { from = start | Int64(j) }
                                var cell = from + Int64(table[base + Int(codes[j])]) << 32
                                cell = max(cell, max(above, left) - gap)
                                if cell < 1 << 32 { cell = 0 }
                                diagonal = above
                                row[j + 1] = cell
                                left = cell
                                bestDiagonal = best[j + 1]
                                best[j + 1] = max(bestDiagonal, max(best[j], cell))
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

    /// What it is worth to lay each kind of moment of one outline on each of the other.
    private static func values(
        _ first: [Outline.Kind], _ second: [Outline.Kind], transposition: Int
    ) -> [Int32] {
        var values: [Int32] = []
        values.reserveCapacity(first.count * second.count)
        for one in first {
            let highest = (Int(one.highest) + transposition) % 12
            let lowest = (Int(one.lowest) + transposition) % 12
            let turned = one.pitchClasses << UInt16(transposition)
            let classes =
                (turned | turned >> 12 | one.pitchClasses >> UInt16(12 - transposition)) & 0xFFF
            for other in second {
                let common = (classes & other.pitchClasses).nonzeroBitCount
                let all = (classes | other.pitchClasses).nonzeroBitCount
                var likeness = 2 * Double(common) / Double(all)
                if highest == Int(other.highest) { likeness += 2 }
                if lowest == Int(other.lowest) { likeness += 1 }
                let weight = Double(min(one.weight, other.weight))
                let value = weight * (likeness - 2) / 3
                values.append(Int32(max(value, -Double(mismatch))))
            }
        }
        return values
    }
}
