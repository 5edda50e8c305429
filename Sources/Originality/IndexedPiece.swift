import Score

/// A piece as an `OriginalityIndex` knows it: its name, the prints of its passages, and what it takes
/// to say where in it a passage is and in which key. Its notes are not in there, but for the lowest of
/// every third chord.
package struct IndexedPiece: Hashable, Sendable {
    /// Where a bar begins.
    struct Bar: Hashable, Sendable {
        /// The first chord at or after its bar line.
        let chord: Int
        /// As people count.
        let number: Int
    }

    /// What a piece is called.
    package struct Name: Hashable, Sendable {
        package let file: String
        package let composer: String?
        package let title: String?

        package init(file: String, composer: String? = nil, title: String? = nil) {
            self.file = file
            self.composer = composer
            self.title = title
        }
    }

    /// The lowest note of one chord in so many is kept: each passage with a print has one.
    static let anchorSpacing = PassagePrint.span

    package let name: Name
    package let chordCount: Int
    let prints: [PassagePrint]
    /// Of bars with chords, in order.
    let bars: [Bar]
    /// MIDI note numbers.
    let anchors: [UInt8]

    package init(_ score: Score, named name: Name) {
        let sequence = ChordSequence(of: score)
        let numbers = sequence.bars(in: score)
        var bars: [Bar] = []
        for (chord, number) in numbers.enumerated() where number != bars.last?.number {
            bars.append(Bar(chord: chord, number: number))
        }
        self.init(
            name: name, chordCount: sequence.chords.count,
            prints: PassagePrint.all(of: sequence.chords), bars: bars,
            anchors: stride(from: 0, to: sequence.chords.count, by: Self.anchorSpacing).map {
                UInt8(sequence.chords[$0].lowest)
            })
    }

    init(
        name: Name, chordCount: Int, prints: [PassagePrint], bars: [Bar], anchors: [UInt8]
    ) {
        precondition(
            prints.count == max(0, chordCount - PassagePrint.span + 1)
                && anchors.count == (chordCount + Self.anchorSpacing - 1) / Self.anchorSpacing
                && (bars.first?.chord ?? 0) == 0 && bars.isEmpty == (chordCount == 0),
            "a piece has a print for each passage of three chords, and an anchor in it")
        self.name = name
        self.chordCount = chordCount
        self.prints = prints
        self.bars = bars
        self.anchors = anchors
    }

    /// The number of the bar that a chord is in.
    func bar(ofChord chord: Int) -> Int {
        var (low, high) = (0, bars.count)
        while low < high {
            let middle = (low + high) / 2
            if bars[middle].chord <= chord { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? bars[low - 1].number : 1
    }
}
