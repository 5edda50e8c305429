import Score

/// Which words may follow in a duet's barwise text where one of its instruments is given: its notes are written as
/// they are, in their places, with the bars, meters and tempos of the piece; the other instrument is free between
/// them.
///
/// The rules of `BarwiseGrammar` hold for the free instrument, which has all hands to itself. No bar line and no
/// position passes over a given word; before it, only what may stand before it at its position is allowed. The
/// pedal is the piano's, given or free. The free instrument rests no longer than a `FreeRest`.
struct BarwiseGivenPartGrammar: MusicGrammar {
    private var grammar: BarwiseGrammar
    private var part: GivenTokens
    private let layout: BarwiseLayout
    /// The cells of the given instrument, and its index.
    private let cells: Range<Int>
    private let instrument: Int
    private let isPedalGiven: Bool
    private let endStep: Int
    /// Keys that the free instrument may hold at once.
    private let hands: Int
    private var rest: FreeRest

    /// - Parameters:
    ///   - score: music whose parts of the given instrument are written; it needs no others.
    ///   - instrument: one of the encoding's.
    ///   - rules: `endStep` must be given; the piece ends there.
    init(
        _ encoding: BarwiseEncoding, given instrument: InstrumentClass, of score: Score,
        rules: GrammarRules
    ) {
        guard let place = encoding.ensemble.instruments.firstIndex(of: instrument),
            let endStep = rules.endStep
        else { preconditionFailure("an instrument of the encoding is given, and the end") }
        layout = encoding.layout
        cells = encoding.grid.cells(ofInstrument: place)
        self.instrument = place
        isPedalGiven = instrument == .pianoLike
        self.endStep = endStep
        hands = rules.maximumNotesAtOnce
        rest = FreeRest(stepsPerQuarter: encoding.stepsPerQuarter, endStep: endStep)
        part = encoding.givenTokens(
            cells, withPedal: isPedalGiven, of: score, toStep: endStep)
        grammar = BarwiseGrammar(
            encoding: encoding,
            rules: GrammarRules(maximumNotesAtOnce: encoding.grid.cellCount, endStep: endStep))
    }

    var step: Int { grammar.step }
    var isFinished: Bool { grammar.isFinished }
    var given: Int { part.count }

    mutating func advance(_ token: Int) {
        grammar.advance(token)
        part.advance(token, at: step)
        for cell in freeSounding { rest.sounds(until: grammar.end(of: cell)) }
    }

    private var freeSounding: some Sequence<Int> {
        grammar.sounding.lazy.filter { !cells.contains($0) }
    }

    func allows(_ token: Int) -> Bool {
        grammar.allows(token) && isLeft(token, Situation(self))
    }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        grammar.fillMask(allowed)
        let situation = Situation(self)
        for token in allowed.indices where allowed[token] {
            allowed[token] = isLeft(token, situation)
        }
    }

    /// What a place says of every word.
    private struct Situation {
        /// What must be written before anything of a later position, nil for nothing.
        let due: BarwiseToken?
        /// The step that may not be passed over.
        let limit: Int
        /// Whether the free instrument must strike here.
        let isRestOver: Bool
        let hasFreeHand: Bool

        init(_ grammar: BarwiseGivenPartGrammar) {
            due = grammar.part.due.flatMap {
                $0.step == grammar.step && $0.token != BarwiseLayout.bar
                    ? grammar.layout.token($0.token) : nil
            }
            let restEnd = grammar.rest.end
            limit = min(
                grammar.part.due?.step ?? grammar.endStep, restEnd ?? grammar.endStep)
            isRestOver = restEnd == grammar.step
            hasFreeHand = grammar.freeSounding.reduce(0) { count, _ in count + 1 } < grammar.hands
        }
    }

    /// Whether the given part leaves room for a word that could come next without it.
    private func isLeft(_ token: Int, _ situation: Situation) -> Bool {
        let word = layout.token(token)
        switch word {
        case .pieceStart, .pieceEnd: return false
        case .bar:
            return part.due?.token == token && part.due?.step == situation.limit
        case .position(let position):
            return !isFrame(situation.due)
                && grammar.place.barStart + position <= situation.limit
        case .length where !isGivenPending: return true
        case .pedalUp where !isPedalGiven, .pedalDown where !isPedalGiven: return true
        case .note(let cell) where !cells.contains(cell):
            return isFreeToStrike(situation)
        case .velocity(_, let instrument) where instrument != self.instrument:
            return isFreeToStrike(situation)
        case .note, .velocity:
            // A free note that must come stands before what is due after it.
            let isHeldUp = situation.isRestOver && cells.lowerBound > 0
            return situation.due == word && !isHeldUp
        case .meter, .cut, .tempo, .length, .pedalUp, .pedalDown:
            return situation.due == word
        }
    }

    /// Whether a given note waits for its length.
    private var isGivenPending: Bool {
        if case .note(let cell) = grammar.place.pending { cells.contains(cell) } else { false }
    }

    /// What belongs to the bar line.
    private func isFrame(_ token: BarwiseToken?) -> Bool {
        switch token {
        case .meter, .cut: true
        default: false
        }
    }

    /// Whether the free instrument may: what is due here comes after its cells, if they are the lower ones.
    private func isFreeToStrike(_ situation: Situation) -> Bool {
        guard situation.hasFreeHand else { return false }
        return switch situation.due {
        case nil: true
        case .note, .velocity: cells.lowerBound > 0
        default: false
        }
    }

    /// Gives the probability of what only the given part rules out to what that part does instead, as
    /// `NotewiseGivenPartGrammar` does: to the word that is due, or else to bar lines and positions, those that pass
    /// over a due word to the last before it. What is told of meter, tempo and pedal says nothing of the free part,
    /// and is shared out among all.
    func moveRuledOut(
        in logits: UnsafeMutableBufferPointer<Float>, allowed: UnsafeMutableBufferPointer<Bool>
    ) {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: layout.count) { possible in
            grammar.fillMask(possible)
            wait(in: logits, allowed: allowed, possible: possible)
            let ruledOut = logits.logSum(0..<layout.count) {
                possible[$0] && !allowed[$0] && isOfNotes($0)
            }
            logits.share(ruledOut, among: 0..<layout.count) { allowed[$0] && !isFree($0) }
        }
    }

    /// Gives what passes over a due word to the last position before it, and takes it from what is possible.
    private func wait(
        in logits: UnsafeMutableBufferPointer<Float>, allowed: UnsafeMutableBufferPointer<Bool>,
        possible: UnsafeMutableBufferPointer<Bool>
    ) {
        let positions = layout.firstPosition..<layout.pedalUp
        guard !allowed[BarwiseLayout.bar], let last = positions.last(where: { allowed[$0] })
        else { return }
        let passing = [BarwiseLayout.bar..<BarwiseLayout.bar + 1, last + 1..<positions.upperBound]
        logits[last] = logits.logSum(0..<positions.upperBound) { token in
            token == last || possible[token] && passing.contains { $0.contains(token) }
        }
        for token in passing.joined() { possible[token] = false }
    }

    /// Whether a word is of notes, or lets time pass.
    private func isOfNotes(_ token: Int) -> Bool {
        switch layout.token(token) {
        case .bar, .position, .velocity, .note, .length: true
        case .pieceStart, .pieceEnd, .meter, .cut, .pedalUp, .pedalDown, .tempo: false
        }
    }

    private func isFree(_ token: Int) -> Bool {
        switch layout.token(token) {
        case .note(let cell): !cells.contains(cell)
        case .velocity(_, let instrument): instrument != self.instrument
        case .length: !isGivenPending
        case .pedalUp, .pedalDown: !isPedalGiven
        case .pieceStart, .pieceEnd, .bar, .meter, .cut, .position, .tempo: false
        }
    }
}

extension BarwiseEncoding {
    package func grammar(
        _ rules: GrammarRules, given instrument: InstrumentClass, of score: Score
    ) -> (any MusicGrammar)? {
        guard ensemble.instruments.count > 1 else { return nil }
        return BarwiseGivenPartGrammar(self, given: instrument, of: score, rules: rules)
    }

    /// The words of some cells' notes, and of what all music has, up to a step; without positions.
    fileprivate func givenTokens(
        _ cells: Range<Int>, withPedal: Bool, of score: Score, toStep end: Int
    ) -> GivenTokens {
        var music = music(of: score, toStep: end).music
        music.strikes.removeAll { !cells.contains($0.cell) }
        if !withPedal { music.presses = [] }
        var place = BarwisePlace(self)
        var events: [GivenTokens.Event] = []
        for token in BarwiseWriter(self, music).tokens {
            place.advance(layout.token(token), self)
            if case .position = layout.token(token) { continue }
            guard place.step < end || token == BarwiseLayout.bar else { continue }
            events.append(.init(step: place.step, token: token))
        }
        return GivenTokens(events)
    }
}
