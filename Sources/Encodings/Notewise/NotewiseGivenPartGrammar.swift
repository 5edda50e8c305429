import Score

/// Which tokens may follow in a duet's text where one of its instruments is given: its notes are written
/// as they are, in their steps, and the other instrument is free between them.
///
/// The rules of `NotewiseGrammar` hold for the free instrument, which has all hands to itself. No wait
/// passes over a given token; before it, only what may stand before it in its step is allowed.
///
/// What the given part alone rules out keeps its probability: see `moveRuledOut`. The free instrument rests no
/// longer than a `FreeRest`.
struct NotewiseGivenPartGrammar: MusicGrammar {
    private var grammar: NotewiseGrammar
    private var part: GivenTokens
    private let layout: NotewiseLayout
    /// The cells of the given instrument.
    private let cells: Range<Int>
    private let endStep: Int
    /// Keys that the free instrument may hold at once, and how many it has released in this step.
    private let hands: Int
    private var releasedInStep = 0
    private var rest: FreeRest

    /// - Parameters:
    ///   - score: music whose parts of the given instrument are written; it needs no others.
    ///   - instrument: one of the encoding's.
    ///   - rules: `endStep` must be given; the piece ends there.
    init(
        _ encoding: NotewiseEncoding, given instrument: InstrumentClass, of score: Score,
        rules: GrammarRules
    ) {
        guard let place = encoding.grid.ensemble.instruments.firstIndex(of: instrument),
            let endStep = rules.endStep
        else { preconditionFailure("an instrument of the encoding is given, and the end") }
        layout = encoding.layout
        rest = FreeRest(stepsPerQuarter: encoding.stepsPerQuarter, endStep: endStep)
        self.endStep = endStep
        cells = encoding.grid.cells(ofInstrument: place)
        var events: [GivenTokens.Event] = []
        var step = 0
        for token in encoding.encode(score).tokens {
            switch layout.token(token) {
            case .wait(let steps): step += steps
            case .start(let cell), .release(let cell):
                guard cells.contains(cell), step < endStep else { continue }
                events.append(.init(step: step, token: token))
            case .pieceStart, .pieceEnd: break
            }
        }
        part = GivenTokens(events)
        hands = rules.maximumNotesAtOnce
        grammar = NotewiseGrammar(
            encoding: encoding,
            rules: GrammarRules(maximumNotesAtOnce: 2 * layout.cellCount, endStep: endStep))
    }

    var step: Int { grammar.step }
    var isFinished: Bool { grammar.isFinished }
    var given: Int { part.count }

    private var due: GivenTokens.Event? { part.due }

    mutating func advance(_ token: Int) {
        part.advance(token, at: grammar.step)
        switch layout.token(token) {
        case .wait: releasedInStep = 0
        case .release(let cell) where !cells.contains(cell) && grammar.sounding.contains(cell):
            releasedInStep += 1
        default: break
        }
        let sounds = isFreeSounding
        grammar.advance(token)
        if sounds { rest.sounds(until: grammar.step) }
    }

    private var isFreeSounding: Bool { grammar.sounding.contains { !cells.contains($0) } }

    /// The step at which the free instrument has rested for long enough; nil while it sounds, or where the piece
    /// ends before.
    private var restEnd: Int? { isFreeSounding ? nil : rest.end }

    /// How many steps may pass before something must be written.
    private var longestWait: Int {
        min(due?.step ?? endStep, restEnd ?? endStep) - step
    }

    func allows(_ token: Int) -> Bool {
        switch layout.token(token) {
        case .pieceStart, .pieceEnd: return false
        case .wait(let steps): return steps <= longestWait
        case .start(let cell) where !cells.contains(cell):
            let sounds = grammar.sounding.contains(cell)
            return isFreeToMove(cell, by: token) && (sounds || keysDown < hands)
        case .release(let cell) where !cells.contains(cell):
            return isFreeToMove(cell, by: token)
        case .start(let cell), .release(let cell):
            // A free note that must come stands before what is due after it.
            let isHeldUp = restEnd == step && cells.lowerBound > 0 && cell >= cells.lowerBound
            return due?.step == step && due?.token == token && !isHeldUp
        }
    }

    /// Whether the free instrument may, hands aside: what is due in this step comes after its lower cells.
    private func isFreeToMove(_ cell: Int, by token: Int) -> Bool {
        grammar.allows(token) && (due?.step != step || cell < cells.lowerBound)
    }

    /// Keys that the free instrument holds in this step, those included that it has just released.
    private var keysDown: Int {
        grammar.sounding.reduce(releasedInStep) { $0 + (cells.contains($1) ? 0 : 1) }
    }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        precondition(allowed.count == layout.count, "the mask needs a place for every word")
        for token in allowed.indices { allowed[token] = allows(token) }
    }

    /// Gives the probability of what only the given part rules out to what that part does instead.
    ///
    /// A free token keeps the probability that it has beside everything that the model could say. What it would
    /// say of the given part, though that does something else, says that the free one has no more to play: the
    /// token that is due gets it, or else the waits; waits over a due token's step, the wait up to it. Were it
    /// shared out among all that is allowed, a surprise in the given part would bring on free notes by the dozen.
    func moveRuledOut(
        in logits: UnsafeMutableBufferPointer<Float>, allowed: UnsafeMutableBufferPointer<Bool>
    ) {
        let waits = max(0, min(longestWait, layout.longestWait))
        if waits > 0 {
            let last = layout.firstWait + waits - 1
            logits[last] = logits.logSum(last..<layout.count) { _ in true }
        }
        let words = layout.firstStart..<layout.firstWait + waits
        let others = waits > 0 ? words : layout.firstStart..<layout.count
        let ruledOut = logits.logSum(others) { !allowed[$0] && grammar.allows($0) }
        logits.share(ruledOut, among: words) { allowed[$0] && !isFree($0) }
    }

    private func isFree(_ token: Int) -> Bool {
        switch layout.token(token) {
        case .start(let cell), .release(let cell): !cells.contains(cell)
        case .wait, .pieceStart, .pieceEnd: false
        }
    }
}

extension NotewiseEncoding {
    package func grammar(
        _ rules: GrammarRules, given instrument: InstrumentClass, of score: Score
    ) -> (any MusicGrammar)? {
        guard grid.ensemble.instruments.count > 1 else { return nil }
        return NotewiseGivenPartGrammar(self, given: instrument, of: score, rules: rules)
    }
}
