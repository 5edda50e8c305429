/// Which tokens may follow those already written, so that what is generated is playable chordwise
/// text. A value for each stream; copying it forks the stream.
///
/// The rules, in the terms of `ChordwiseEncoding`:
/// - In duets the violin's word, then the piano's.
/// - A rest is always allowed, with the one letter that tells the strikes of the ten steps before.
/// - A key is held only if it sounded in the step before.
/// - At most `maximumNotesAtOnce` keys of all instruments sound in a step. Where the text has no holds
///   these are the ones struck.
/// - "<start>" and unknown words never; "<end>" only if asked for, and after complete steps.
package struct ChordwiseGrammar: Hashable, Sendable, MusicGrammar {
    package let rules: GrammarRules
    /// Whether "<end>" was written.
    package private(set) var hasEnded = false
    private(set) var place: ChordwisePlace
    private let encoding: ChordwiseEncoding

    package init(encoding: ChordwiseEncoding, rules: GrammarRules) {
        self.encoding = encoding
        self.rules = rules
        place = ChordwisePlace(encoding.form)
    }

    /// The steps that are complete.
    package var step: Int { place.step }

    /// Whether "<end>" was written or the text has reached the rules' step.
    package var isFinished: Bool { hasEnded || rules.endStep.map { step >= $0 } ?? false }

    /// Takes in the next token, which need not be allowed: where it is another instrument's turn, that
    /// one rests.
    package mutating func advance(_ token: Int) {
        if token == Vocabulary.pieceEnd { hasEnded = true }
        if let word = encoding.word(of: token) {
            place.advance(word.chord, instrument: word.instrument)
        }
    }

    /// Whether `token` may come next. After "<end>" nothing may.
    package func allows(_ token: Int) -> Bool {
        if hasEnded { return false }
        switch encoding.kind(of: token) {
        case .pieceStart, .unknown: return false
        case .pieceEnd: return rules.allowsPieceEnd && place.turn == 0
        case .rest(let instrument, _):
            return instrument == place.turn
                && token == encoding.restID(of: instrument, strikes: place.recentStrikes)
        case .chord(let word): return word.instrument == place.turn && allows(word.chord)
        }
    }

    /// Whether the instrument whose turn it is may play the chord.
    private func allows(_ chord: Chord) -> Bool {
        chord.held & ~place.before[place.turn] == 0
            && chord.keys.nonzeroBitCount <= rules.maximumNotesAtOnce - place.now.count
    }

    /// Sets `allowed[id]` for every id of the vocabulary, (V). Allocates nothing.
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        precondition(
            allowed.count == encoding.vocabulary.count, "the mask needs a place for every word")
        allowed.update(repeating: false)
        if hasEnded { return }
        let instrument = place.turn
        allowed[Vocabulary.pieceEnd] = rules.allowsPieceEnd && instrument == 0
        allowed[encoding.restID(of: instrument, strikes: place.recentStrikes)] = true
        let free = rules.maximumNotesAtOnce - place.now.count
        let silentBefore = ~place.before[instrument]
        let first = encoding.firstChord
        encoding.chords.withUnsafeBufferPointer { chords in
            for id in encoding.chordIDs[instrument] {
                let chord = chords[id - first].chord
                allowed[id] =
                    chord.held & silentBefore == 0 && chord.keys.nonzeroBitCount <= free
            }
        }
    }
}
