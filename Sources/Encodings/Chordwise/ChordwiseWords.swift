import Score

/// Gathers the words of a collection of music: its chords, and those in the keys around.
package struct ChordwiseWords {
    /// Chords that differ only in pitch.
    private struct Shape: Hashable {
        let instrument: Int
        /// With 0 as the lowest key.
        let chord: Chord
    }

    /// How often a shape is there, and the lowest and the highest place of its lowest key.
    private struct Use {
        var count = 0
        var lowest: Int
        var highest: Int
    }

    private let form: ChordwiseForm
    private var uses: [Shape: Use] = [:]

    package init(_ form: ChordwiseForm) { self.form = form }

    /// Counts the chords of a piece.
    package mutating func add(_ score: Score) {
        var report = EncodingReport()
        let strikes = form.grid.strikes(of: score, report: &report)
        form.forEachChord(of: strikes) { instrument, chord in
            if chord.isSilent { return }
            let place = chord.keys.trailingZeroBitCount
            let shape = Shape(instrument: instrument, chord: chord.transposed(by: -place))
            var use = uses[shape] ?? Use(lowest: place, highest: place)
            use.count += 1
            use.lowest = min(use.lowest, place)
            use.highest = max(use.highest, place)
            uses[shape] = use
        }
    }

    /// The words, the most frequent shapes first. A shape is there in every key from five semitones
    /// below the lowest place where it was met to six above the highest, as far as the instrument goes,
    /// or in none, so that music that was added can be transposed without losing notes to the
    /// vocabulary.
    ///
    /// - Parameter limit: how many words there are at most.
    package func words(atMost limit: Int) -> [ChordWord] {
        let ranked = uses.sorted { Self.precedes($0.value, $0.key, $1.value, $1.key) }
        var words: [ChordWord] = []
        for (shape, use) in ranked {
            let all = self.words(of: shape, use)
            if words.count + all.count > limit { break }
            words += all
        }
        return words
    }

    /// The more frequent first; of equals the one with fewer keys.
    private static func precedes(_ a: Use, _ shape: Shape, _ b: Use, _ other: Shape) -> Bool {
        if a.count != b.count { return a.count > b.count }
        let (chord, otherChord) = (shape.chord, other.chord)
        return (chord.keys.nonzeroBitCount, shape.instrument, chord.struck, chord.held)
            < (
                otherChord.keys.nonzeroBitCount, other.instrument, otherChord.struck,
                otherChord.held
            )
    }

    /// The words of a shape, ascending.
    private func words(of shape: Shape, _ use: Use) -> [ChordWord] {
        let keys = form.keys(of: shape.instrument)
        let first = use.lowest + TwelveKeys.shifts.lowerBound
        let last = use.highest + TwelveKeys.shifts.upperBound
        return (first...last).compactMap { place in
            let chord = shape.chord.transposed(by: place)
            let isWhole = chord.keys.nonzeroBitCount == shape.chord.keys.nonzeroBitCount
            guard isWhole, chord.keys & ~keys == 0 else { return nil }
            return ChordWord(instrument: shape.instrument, chord: chord)
        }
    }
}

extension ChordwiseEncoding {
    /// The words that an encoding has unless told otherwise: with them ids fit into 16 bits.
    package static let mostWords = 60_000

    /// The encoding for a collection of music.
    package init(
        _ form: ChordwiseForm, gatheringWordsFrom scores: some Sequence<Score>,
        mostWords: Int = mostWords
    ) {
        var words = ChordwiseWords(form)
        for score in scores { words.add(score) }
        self.init(form, words: words.words(atMost: mostWords))
    }
}
