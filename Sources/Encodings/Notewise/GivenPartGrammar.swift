import Score

/// Which tokens may follow in a duet's text where one of its instruments is given: its notes are written
/// as they are, in their steps, and the other instrument is free between them.
///
/// The rules of `NotewiseGrammar` hold for the free instrument, which has all hands to itself. No wait
/// passes over a given token; before it, only what may stand before it in its step is allowed.
package struct GivenPartGrammar: MusicGrammar {
    /// A token of the given instrument, and its step.
    private struct Event: Hashable, Sendable {
        let step: Int
        let token: Int
    }

    private var grammar: NotewiseGrammar
    private let events: [Event]
    /// The event that is due next.
    private var next = 0
    private let layout: NotewiseLayout
    /// The cells of the given instrument.
    private let cells: Range<Int>
    private let endStep: Int

    /// - Parameters:
    ///   - score: music whose parts of the given instrument are written; it needs no others.
    ///   - instrument: one of the encoding's.
    ///   - rules: `endStep` must be given; the piece ends there.
    package init(
        _ encoding: NotewiseEncoding, given instrument: InstrumentClass, of score: Score,
        rules: GrammarRules
    ) {
        guard let place = encoding.grid.ensemble.instruments.firstIndex(of: instrument),
            let endStep = rules.endStep
        else { preconditionFailure("an instrument of the encoding is given, and the end") }
        layout = encoding.layout
        self.endStep = endStep
        let range = encoding.grid.range.count
        cells = place * range..<(place + 1) * range
        var events: [Event] = []
        var (step, most, sounding) = (0, 0, 0)
        for token in encoding.encode(score).tokens {
            switch layout.token(token) {
            case .wait(let steps): step += steps
            case .start(let cell), .release(let cell):
                guard cells.contains(cell), step < endStep else { continue }
                events.append(Event(step: step, token: token))
                let isStart = token < layout.firstRelease
                sounding += isStart ? 1 : -1
                most = max(most, sounding)
            case .pieceStart, .pieceEnd: break
            }
        }
        self.events = events
        // A note that is released in its step and one that is struck there both count.
        grammar = NotewiseGrammar(
            encoding: encoding, maximumNotesAtOnce: rules.maximumNotesAtOnce + 2 * most,
            endStep: endStep)
    }

    package var step: Int { grammar.step }
    package var isFinished: Bool { grammar.isFinished }

    private var due: Event? { next < events.count ? events[next] : nil }

    package mutating func advance(_ token: Int) {
        if let due, due.token == token, due.step == grammar.step { next += 1 }
        grammar.advance(token)
    }

    package func allows(_ token: Int) -> Bool {
        switch layout.token(token) {
        case .pieceStart, .pieceEnd: return false
        case .wait(let steps): return step + steps <= (due?.step ?? endStep)
        case .start(let cell), .release(let cell):
            let isDueNow = due?.step == step
            if cells.contains(cell) { return isDueNow && due?.token == token }
            return grammar.allows(token) && (!isDueNow || cell < cells.lowerBound)
        }
    }

    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        precondition(allowed.count == layout.count, "the mask needs a place for every word")
        for token in allowed.indices { allowed[token] = allows(token) }
    }
}

extension NotewiseEncoding {
    package func grammar(
        _ rules: GrammarRules, given instrument: InstrumentClass, of score: Score
    ) -> (any MusicGrammar)? {
        guard grid.ensemble.instruments.count > 1 else { return nil }
        return GivenPartGrammar(self, given: instrument, of: score, rules: rules)
    }
}
