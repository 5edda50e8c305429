/// What a notewise text tells at each place that its reader would otherwise have to keep count of:
/// which notes sound and for how long, where in the bar the place is, what was struck a beat and a bar
/// ago and last, and what will come if a phrase comes back.
///
/// Numbered for a network's input, in this order:
/// - for each note that sounds its cell (in a duet the violin's pitches, then the piano's) and how
///   long it has, in five classes: less than a sixteenth, an eighth, a quarter, a half, or longer
///   (steps since its onset, against f/4, f/2, f and 2f);
/// - the cells struck one, two, three and four quarters before this step;
/// - the step within four quarters, and within three: a bar in most meters, counted from the start
///   of the text, for the text does not say its meter;
/// - the key, the notes struck last, the pitch classes in use, and guesses by phrases that come back
///   (`Recollection`).
package struct NotewiseContext: Hashable, Sendable, MusicContext {
    private var grammar: NotewiseGrammar
    private let initial: NotewiseGrammar
    private let layout: NotewiseLayout
    private let stepsPerQuarter: Int
    private var history: StrikeHistory
    private var recollection: Recollection

    private static let ages = 5
    private static let lags = StrikeHistory.quarters
    /// In quarters.
    private static let bars = [4, 3]

    package init(encoding: NotewiseEncoding) {
        // As many notes as there are keys: contexts describe what is written, good or bad.
        initial = NotewiseGrammar(
            encoding: encoding,
            rules: GrammarRules(maximumNotesAtOnce: encoding.grid.cellCount, allowsPieceEnd: true))
        grammar = initial
        layout = encoding.layout
        stepsPerQuarter = encoding.stepsPerQuarter
        history = StrikeHistory(stepsPerQuarter: stepsPerQuarter)
        recollection = Recollection(
            grid: encoding.grid, alphabet: encoding.phraseAlphabet, firstToken: layout.firstStart,
            firstID: (Self.ages + Self.lags) * layout.cellCount
                + Self.bars.reduce(0, +) * stepsPerQuarter)
    }

    /// How many ids there are.
    package var count: Int { recollection.endID }

    package var references: ReferenceNotes? { recollection.references }

    package var frequencies: PitchClassFrequencies? { recollection.frequencies }

    package var guesses: GuessedTokens? { recollection.guesses }

    /// Takes in the next token; "<start>" makes everything as at first.
    package mutating func advance(_ token: Int) {
        guard token != Vocabulary.pieceStart else {
            grammar = initial
            history.reset()
            recollection.reset()
            return
        }
        recollection.advance(token)
        grammar.advance(token)
        if let struck = grammar.latestStart {
            history.strike(struck)
            recollection.strike(struck, at: grammar.step)
        }
        history.pass(grammar.step - history.step)
    }

    /// Appends the ids that hold now, each 0 ..< `count`.
    package func appendIDs(to ids: inout [Int32]) {
        for index in grammar.sounding {
            let age = grammar.step - (grammar.onset(of: index) ?? grammar.step)
            ids.append(Int32(ageClass(age) * layout.cellCount + index))
        }
        var block = IDBlock(first: Self.ages * layout.cellCount)
        for lag in 1...Self.lags {
            block.append(
                history.struck(stepsAgo: lag * stepsPerQuarter), to: &ids, of: layout.cellCount)
        }
        for quarters in Self.bars {
            let bar = quarters * stepsPerQuarter
            block.append(CollectionOfOne(grammar.step % bar), to: &ids, of: bar)
        }
        recollection.appendIDs(at: grammar.step, in: &block, to: &ids)
    }

    private func ageClass(_ steps: Int) -> Int {
        switch 4 * steps {
        case ..<stepsPerQuarter: 0
        case ..<(2 * stepsPerQuarter): 1
        case ..<(4 * stepsPerQuarter): 2
        case ..<(8 * stepsPerQuarter): 3
        default: 4
        }
    }

    /// Sets `allowed[id]` to whether the grammar allows `id` next, (V).
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) { grammar.fillMask(allowed) }
}

extension NotewiseEncoding {
    /// Phrases are of strikes, releases and waits.
    fileprivate var phraseAlphabet: PhraseAlphabet {
        PhraseAlphabet(
            words: vocabulary.count,
            striking: grid.instrumentRanges(from: layout.firstStart),
            releasing: grid.instrumentRanges(from: layout.firstRelease))
    }
}
