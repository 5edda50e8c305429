/// What a barwise text tells at each place that its reader would otherwise have to keep count of: the
/// notes that sound, the place in the bar, what holds there, and what earlier bars had at this place.
///
/// Numbered for a network's input, in this order:
/// - the cells struck at this position, and those that sound from before;
/// - the cells struck at this position of the bar 1, 2, 4 and 8 bars ago;
/// - for each of those bars the next position where it struck any, or that there is none;
/// - the position, or that the bar has none yet, and the meter, or that there is none;
/// - tempo and each instrument's velocity, or that there are none, and whether the pedal is down;
/// - the length that the latest note of the cell had whose length is due, or that no length is due;
/// - the key, the notes struck last, the pitch classes in use, and guesses by phrases that come back
///   (`Recollection`).
package struct BarwiseContext: Hashable, Sendable, MusicContext {
    private var grammar: BarwiseGrammar
    private let initial: BarwiseGrammar
    private let encoding: BarwiseEncoding
    private var history: BarHistory
    /// For each cell the length of its latest note, an index of the scale; −1 without one.
    private var lengths: [Int]
    private var recollection: Recollection

    /// In how many ways a note sounds: struck at this position, or from before.
    private static let ways = 2

    init(encoding: BarwiseEncoding) {
        self.encoding = encoding
        // As many notes as there are keys: contexts describe what is written, good or bad.
        initial = BarwiseGrammar(
            encoding: encoding,
            rules: GrammarRules(maximumNotesAtOnce: encoding.grid.cellCount, allowsPieceEnd: true))
        grammar = initial
        history = BarHistory(longestBar: encoding.scale.longestBar)
        lengths = Array(repeating: -1, count: encoding.grid.cellCount)
        recollection = Recollection(
            grid: encoding.grid, alphabet: encoding.phraseAlphabet,
            firstToken: encoding.layout.id(.note(cell: 0)),
            firstID: Self.ownCount(of: encoding))
    }

    /// How many ids there are.
    package var count: Int { recollection.endID }

    /// How many ids come before those of the recollection.
    private static func ownCount(of encoding: BarwiseEncoding) -> Int {
        let scale = encoding.scale
        let lags = BarHistory.lags.count
        return (ways + lags) * encoding.grid.cellCount + (1 + lags) * (scale.longestBar + 1)
            + (scale.meters.count + 1) + (TempoScale.count + 1) + 2
            + encoding.ensemble.instruments.count * (VelocityScale.count + 1)
            + (scale.lengths.count + 2)
    }

    package var references: ReferenceNotes? { recollection.references }

    package var sounding: SoundingNotes? {
        SoundingNotes(
            firstToken: encoding.layout.id(.note(cell: 0)), notes: encoding.grid.range.count,
            instruments: encoding.ensemble.instruments.count, firstID: 0, ways: Self.ways)
    }

    package var frequencies: PitchClassFrequencies? { recollection.frequencies }

    package var guesses: GuessedTokens? { recollection.guesses }

    /// Takes in the next token; "<start>" makes everything as at first.
    package mutating func advance(_ token: Int) {
        guard token != Vocabulary.pieceStart else {
            grammar = initial
            history.reset()
            recollection.reset()
            for cell in lengths.indices { lengths[cell] = -1 }
            return
        }
        recollection.advance(token)
        let before = grammar.place
        grammar.advance(token)
        let place = grammar.place
        switch (before.pending, encoding.layout.token(token)) {
        case (.note(let cell), .length(let index)):
            lengths[cell] = index
            history.strike(cell, at: place.position)
            recollection.strike(cell, at: place.step)
        case (_, .bar) where place.barStart > before.barStart && before.barStart >= 0:
            history.beginBar()
        default: break
        }
    }

    /// Appends the ids that hold now, each 0 ..< `count`.
    package func appendIDs(to ids: inout [Int32]) {
        let place = grammar.place
        let position = place.position
        var block = IDBlock()
        if position >= 0 {
            let here = history.struck(at: position, barsAgo: 0)
            block.append(here, to: &ids, of: encoding.grid.cellCount)
            block.append(
                grammar.sounding.filter { !here.contains($0) }, to: &ids,
                of: encoding.grid.cellCount)
            for lag in BarHistory.lags {
                block.append(
                    history.struck(at: position, barsAgo: lag), to: &ids,
                    of: encoding.grid.cellCount)
            }
        } else {
            block.skip((Self.ways + BarHistory.lags.count) * encoding.grid.cellCount)
        }
        for lag in BarHistory.lags {
            let next = history.nextStrike(after: position, barsAgo: lag)
            block.append(next ?? -1, to: &ids, of: encoding.scale.longestBar)
        }
        block.append(position, to: &ids, of: encoding.scale.longestBar)
        block.append(place.meter, to: &ids, of: encoding.scale.meters.count)
        block.append(place.tempo, to: &ids, of: TempoScale.count)
        for velocity in place.velocities {
            block.append(velocity, to: &ids, of: VelocityScale.count)
        }
        block.append(place.isPedalDown ? 0 : -1, to: &ids, of: 1)
        let due = if case .note(let cell) = place.pending { lengths[cell] + 1 } else { -1 }
        block.append(due, to: &ids, of: encoding.scale.lengths.count + 1)
        recollection.appendIDs(at: place.step, in: &block, to: &ids)
    }

    /// Sets `allowed[id]` to whether the grammar allows `id` next, (V).
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) { grammar.fillMask(allowed) }
}

extension BarwiseEncoding {
    /// Phrases are of bars, positions, notes and lengths.
    fileprivate var phraseAlphabet: PhraseAlphabet {
        PhraseAlphabet(
            words: vocabulary.count,
            striking: grid.instrumentRanges(from: layout.firstNote),
            passedOver: [
                layout.firstMeter..<layout.firstPosition, layout.pedalUp..<layout.firstNote,
            ])
    }
}
