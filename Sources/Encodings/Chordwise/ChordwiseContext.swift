/// What a chordwise text tells at each place that a network cannot see in its tokens, which are bare
/// numbers: which keys are in them, and where in the bar the place is.
///
/// Numbered for a network's input, cells being the violin's pitches, then the piano's:
/// - the cells that sound in this step already, a duet's violin's;
/// - the cells that sounded in the step before;
/// - the cells struck in the last quarter: less than a sixteenth ago, less than an eighth, less
///   than that quarter;
/// - the cells struck one, two, three and four quarters before this step;
/// - the step within four quarters, and within three: a bar in most meters, counted from the start
///   of the text, for the text does not say its meter;
/// - the instrument whose turn it is.
package struct ChordwiseContext: Hashable, Sendable, MusicContext {
    private var grammar: ChordwiseGrammar
    private let initial: ChordwiseGrammar
    private var history: StrikeHistory
    private let encoding: ChordwiseEncoding

    /// Now, the step before, three ages, and the quarters.
    private static let classes = 5 + StrikeHistory.quarters

    package init(encoding: ChordwiseEncoding) {
        self.encoding = encoding
        initial = ChordwiseGrammar(
            encoding: encoding,
            rules: GrammarRules(
                maximumNotesAtOnce: encoding.form.grid.cellCount, allowsPieceEnd: true))
        grammar = initial
        history = StrikeHistory(stepsPerQuarter: encoding.stepsPerQuarter)
    }

    private var cells: Int { encoding.form.grid.cellCount }

    package var count: Int {
        Self.classes * cells + 7 * encoding.stepsPerQuarter + encoding.form.instruments.count
    }

    package mutating func advance(_ token: Int) {
        guard token != Vocabulary.pieceStart else {
            grammar = initial
            history.reset()
            return
        }
        guard let word = encoding.word(of: token) else {
            grammar.advance(token)
            return
        }
        let skipped = grammar.place.turn > word.instrument ? 1 : 0
        history.pass(skipped)
        for key in word.chord.struck.bitIndices {
            history.strike(word.instrument * encoding.form.grid.range.count + key)
        }
        grammar.advance(token)
        history.pass(grammar.step - history.step)
    }

    package func appendIDs(to ids: inout [Int32]) {
        let steps = encoding.stepsPerQuarter
        let place = grammar.place
        for instrument in encoding.form.instruments.indices {
            let first = instrument * encoding.form.grid.range.count
            for key in place.now[instrument].bitIndices { ids.append(Int32(first + key)) }
            for key in place.before[instrument].bitIndices {
                ids.append(Int32(cells + first + key))
            }
        }
        for (age, range) in [1..<steps / 4, steps / 4..<steps / 2, steps / 2..<steps].enumerated() {
            let struck = range.reduce(into: PitchIndexSet()) {
                $0.formUnion(history.struck(stepsAgo: $1))
            }
            append(struck, class: 2 + age, to: &ids)
        }
        for quarter in 1...StrikeHistory.quarters {
            append(history.struck(stepsAgo: quarter * steps), class: 4 + quarter, to: &ids)
        }
        let first = Self.classes * cells
        ids.append(Int32(first + place.step % (4 * steps)))
        ids.append(Int32(first + 4 * steps + place.step % (3 * steps)))
        ids.append(Int32(first + 7 * steps + place.turn))
    }

    private func append(_ struck: PitchIndexSet, class number: Int, to ids: inout [Int32]) {
        for cell in struck { ids.append(Int32(number * cells + cell)) }
    }

    /// Sets `allowed[id]` to whether the grammar allows `id` next, (V).
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) { grammar.fillMask(allowed) }
}
