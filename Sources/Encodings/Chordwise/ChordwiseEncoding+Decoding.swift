import Score

extension ChordwiseEncoding {
    /// The music that `tokens` tell: a part for each instrument, at the standard tempo and velocity
    /// and in 4/4, for the text holds none of them.
    ///
    /// Any sequence of ids of the vocabulary has a meaning. Where a duet's instrument has no word in a
    /// step, it rests. A note lasts as long as it is held; in a text without holds it lasts as `rule`
    /// says, or to its next strike. A key that is held without sounding, "<start>" and "<end>" are
    /// ignored. Ticks are exact when f divides `ticksPerQuarter`; see `NoteGrid.score`.
    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport) {
        var reader = ChordwiseReader(
            form, length: form.keepsHolds ? 1 : rule.struckLength ?? stepsPerQuarter)
        for token in tokens {
            if let word = word(of: token) { reader.read(word) }
            if case .unknown = kind(of: token) { reader.report.add(.unknownWord) }
        }
        return (
            form.grid.score(of: reader.strikes, ticksPerQuarter: ticksPerQuarter), reader.report
        )
    }
}

extension TextRepair {
    /// Words of texts from elsewhere.
    package static let unknownWord = TextRepair(
        "unknownWord", "unknown word", phrase: "played as a rest")
    /// In duets.
    package static let missingTurn = TextRepair(
        "missingTurn", "step", phrase: "without a word for each instrument filled with rests")
    /// Held keys that do not sound.
    package static let unstruck = TextRepair(
        "unstruck", "held key", phrase: "that was not struck ignored")
}

/// Turns words, one after the other, into notes on the grid.
private struct ChordwiseReader {
    /// In order of step and instrument.
    private(set) var strikes: [GridStrike] = []
    var report = DecodingReport()
    private var place: ChordwisePlace
    private let pitches: Int
    /// How long a note lasts that is not held.
    private let length: Int
    /// For each cell its last strike, −1 without one.
    private var latest: [Int]

    init(_ form: ChordwiseForm, length: Int) {
        place = ChordwisePlace(form)
        pitches = form.grid.range.count
        self.length = length
        latest = [Int](repeating: -1, count: form.grid.cellCount)
    }

    mutating func read(_ word: ChordWord) {
        if place.rest(untilTurnOf: word.instrument) > 0 { report.add(.missingTurn) }
        let step = place.step
        for key in word.chord.struck.bitIndices {
            let cell = word.instrument * pitches + key
            if latest[cell] >= 0 { strikes[latest[cell]].shorten(to: step) }
            latest[cell] = strikes.count
            strikes.append(GridStrike(step: step, cell: cell, end: step + length))
        }
        for key in word.chord.held.bitIndices {
            let former = latest[word.instrument * pitches + key]
            if former >= 0, strikes[former].end == step {
                strikes[former].end += 1
            } else {
                report.add(.unstruck)
            }
        }
        place.advance(word.chord, instrument: word.instrument)
    }
}

extension GridStrike {
    fileprivate mutating func shorten(to step: Int) { end = min(end, step) }
}
