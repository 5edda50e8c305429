/// Finds all that a piece shares with the pieces of a table, in one key and of any rhythm.
struct FragmentSearch {
    /// Shorter ones, in notes, are not worth a look.
    private static let leastNotes = 6
    /// What came so few prints ago is not looked up again: a run's length would not count it twice, and
    /// a figure that goes on for an hour meets all its likes once only.
    private static let memory = 64

    private let sequence: ChordSequence
    private let query: [UInt16]
    private let table: PassageTable
    private let excluded: Set<Int>
    /// For each shift how far the piece is done.
    private var done: [Int32]
    private(set) var fragments: [Fragment] = []

    /// - Parameters:
    ///   - query: the piece's prints.
    ///   - excluded: pieces of the table that do not count.
    init(
        of sequence: ChordSequence, _ query: [UInt16], in table: PassageTable,
        excluding excluded: Set<Int>
    ) {
        self.sequence = sequence
        self.query = query
        self.table = table
        self.excluded = excluded
        done = [Int32](repeating: 0, count: query.count + table.prints.count)
        // When each two prints in a row were last met.
        var latest: [UInt32: Int] = [:]
        for start in 0..<max(0, query.count - PassageTable.seed + 1) {
            let seed = query[start..<start + PassageTable.seed].reduce(0) { $0 << 16 | UInt32($1) }
            let before = latest.updateValue(start, forKey: seed)
            if let before, start - before <= Self.memory { continue }
            addFragments(at: start)
        }
    }

    private mutating func addFragments(at start: Int) {
        query.withUnsafeBufferPointer { query in
            table.prints.withUnsafeBufferPointer { prints in
                for place in table.candidates(query, at: start) {
                    let source = Int(place)
                    let line = source - start + query.count - 1
                    guard done[line] <= start,
                        (0..<PassageTable.seed).allSatisfy({
                            query[start + $0] >> 4 == prints[source + $0] >> 4
                        })
                    else { continue }
                    let piece = table.piece(at: source)
                    let fragment = Fragment(
                        around: start, source, in: query, prints,
                        within: table.starts[piece]..<table.starts[piece + 1])
                    done[line] = Int32(fragment.query.upperBound)
                    guard !excluded.contains(piece),
                        sequence.notes(in: fragment.chords) >= Self.leastNotes
                    else { continue }
                    fragments.append(fragment)
                }
            }
        }
    }
}
