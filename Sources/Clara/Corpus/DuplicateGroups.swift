import Encodings

/// Which pieces of a collection are the same music, as far as their openings tell: the same
/// succession of intervals and onsets, in whatever key.
///
/// Two pieces belong together when their first notes agree, whichever notes sound with them, or
/// when their top lines begin alike; and so do their other matches.
package struct DuplicateGroups {
    /// For each piece the smallest index of its group.
    package let representatives: [Int]

    /// How many notes of an opening are compared.
    private static let noteCount = 24
    private static let melodyCount = 16

    package init(_ pieces: [EncodedPiece]) {
        var parents = Array(pieces.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index { index = parents[index] }
            return index
        }
        var first: [[Int]: Int] = [:]
        for (index, piece) in pieces.enumerated() {
            for key in piece.openings {
                if let other = first[key] {
                    let (a, b) = (root(other), root(index))
                    parents[max(a, b)] = min(a, b)
                } else {
                    first[key] = index
                }
            }
        }
        representatives = pieces.indices.map(root)
    }

    /// Intervals of all first notes, and intervals of the first highest notes, each with a tag.
    static func openings(of tokens: [Int], encoding: NotewiseEncoding) -> [[Int]] {
        var notes: [Int] = []
        var melody: [Int] = []
        var highest: Int?
        for token in tokens {
            switch encoding.kind(of: token) {
            case .start(let index):
                if notes.count < noteCount { notes.append(index) }
                highest = index
            case .wait:
                if let top = highest { melody.append(top) }
                highest = nil
            default: break
            }
            if notes.count >= noteCount && melody.count >= melodyCount { break }
        }
        return [(0, notes, noteCount), (1, melody, melodyCount)].compactMap { tag, line, count in
            // Short or motionless openings, such as a scale's or a drone's, prove nothing.
            let intervals = zip(line.prefix(count).dropFirst(), line).map { $0 - $1 }
            guard line.count >= count, Set(intervals).count > 3 else { return nil }
            return [tag] + intervals
        }
    }
}
