/// A stretch of a piece whose pitches are a source's, chord for chord, in some key; as long as can be.
///
/// Both sides are numbered by prints: the chords reach `PassagePrint.span` − 1 further.
struct Fragment: Hashable, Sendable {
    /// Prints of the piece.
    let query: Range<Int>
    /// The table's print that `query.lowerBound` is the same as.
    let source: Int

    /// Where the table's prints that it is the same as are.
    var sources: Range<Int> { source..<source + query.count }
    /// How much further on the source's side is: all prints that are alike in line with these have it.
    var shift: Int { source - query.lowerBound }
    /// The chords of the piece.
    var chords: Range<Int> { query.lowerBound..<query.upperBound + PassagePrint.span - 1 }

    /// Shorter ones, in notes, are not worth a look.
    private static let leastNotes = 6

    /// All that a piece shares with those of a table, but what has too few notes or only one print.
    ///
    /// - Parameters:
    ///   - query: the piece's prints.
    ///   - excluded: pieces that do not count.
    static func all(
        of sequence: ChordSequence, _ query: [UInt16], in table: PassageTable,
        excluding excluded: Set<Int>
    ) -> [Fragment] {
        guard query.count >= PassageTable.seed else { return [] }
        var fragments: [Fragment] = []
        // For each shift how far the piece is done.
        var done = [Int32](repeating: 0, count: query.count + table.prints.count)
        query.withUnsafeBufferPointer { query in
            table.prints.withUnsafeBufferPointer { prints in
                for start in 0...query.count - PassageTable.seed {
                    for place in table.candidates(query, at: start) {
                        let source = Int(place)
                        let line = source - start + query.count - 1
                        guard done[line] <= start,
                            (0..<PassageTable.seed).allSatisfy({
                                query[start + $0] >> 4 == prints[source + $0] >> 4
                            })
                        else { continue }
                        let piece = table.piece(at: source)
                        let bounds = table.starts[piece]..<table.starts[piece + 1]
                        let fragment = Fragment(
                            start, source, in: query, prints, within: bounds)
                        done[line] = Int32(fragment.query.upperBound)
                        if !excluded.contains(piece),
                            sequence.notes(in: fragment.chords) >= leastNotes
                        {
                            fragments.append(fragment)
                        }
                    }
                }
            }
        }
        return fragments
    }

    /// The longest one that has these places.
    private init(
        _ start: Int, _ source: Int, in query: UnsafeBufferPointer<UInt16>,
        _ prints: UnsafeBufferPointer<UInt16>, within bounds: Range<Int>
    ) {
        var (before, after) = (0, 0)
        while start - before > 0, source - before > bounds.lowerBound,
            query[start - before - 1] >> 4 == prints[source - before - 1] >> 4
        { before += 1 }
        while start + after < query.count, source + after < bounds.upperBound,
            query[start + after] >> 4 == prints[source + after] >> 4
        { after += 1 }
        self.init(query: start - before..<start + after, source: source - before)
    }

    init(query: Range<Int>, source: Int) {
        self.query = query
        self.source = source
    }

    /// The longest stretches of it whose rhythm is the source's as well.
    func inRhythm(_ query: [UInt16], _ prints: [UInt16]) -> [Fragment] {
        var stretches: [Fragment] = []
        var start = self.query.lowerBound
        for place in self.query.lowerBound...self.query.upperBound {
            if place < self.query.upperBound, query[place] == prints[place + shift] { continue }
            if place > start {
                stretches.append(Fragment(query: start..<place, source: start + shift))
            }
            start = place + 1
        }
        return stretches
    }
}
