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

    /// The longest one that has these places.
    ///
    /// - Parameter bounds: the places of one source.
    init(
        around start: Int, _ source: Int, in query: UnsafeBufferPointer<UInt16>,
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
