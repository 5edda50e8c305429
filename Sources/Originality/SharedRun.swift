/// A run of chords that a piece has in common with another one, its source.
package struct SharedRun: Hashable, Sendable {
    /// The number of the source in the index.
    package let source: Int
    /// The run in the piece's `ChordSequence`.
    package let chords: Range<Int>
    /// The number of the source's bar in which it begins there, as people count.
    package let sourceBar: Int
    /// How many semitones higher than in the source it is.
    package let transposition: Int
    /// Its notes, those that are not the source's included.
    package let notes: Int
    /// Those of them that are the source's.
    package let sharedNotes: Int
    /// Those of the shared ones that are left when what comes again within the run counts once: a trill,
    /// a broken chord of an accompaniment or a scale is not much to have in common. This is how long a
    /// run is.
    package let length: Int

    /// - Parameter fragments: of one source, at least one, in order.
    init(
        _ fragments: [Fragment], of sequence: ChordSequence, _ query: [UInt16],
        in table: PassageTable
    ) {
        precondition(!fragments.isEmpty, "a run has a fragment")
        let (first, last) = (fragments[0], fragments[fragments.count - 1])
        source = table.piece(at: first.source)
        let piece = table.index.pieces[source]
        chords = first.chords.lowerBound..<last.chords.upperBound
        let sourceChord = first.source - table.starts[source]
        sourceBar = piece.bar(ofChord: sourceChord)
        // Of as many chords as a print has, one is an anchor.
        let spacing = IndexedPiece.anchorSpacing
        let anchor = (sourceChord + spacing - 1) / spacing
        let lowest = sequence.chords[first.query.lowerBound + anchor * spacing - sourceChord].lowest
        transposition = lowest - Int(piece.anchors[anchor])
        notes = sequence.notes(in: chords)
        var (shared, end, length) = (0, 0, RunLength())
        for fragment in fragments {
            shared += sequence.notes(
                in: max(fragment.chords.lowerBound, end)..<fragment.chords.upperBound)
            end = fragment.chords.upperBound
            for place in fragment.query {
                length.add(query[place], at: place, notes: sequence.notes)
            }
        }
        (sharedNotes, self.length) = (shared, length.total)
    }
}
