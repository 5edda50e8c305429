/// Which words may follow those already written, so that what is generated is playable barwise text.
/// A value for each stream; copying it forks the stream.
///
/// The rules, in the terms of `BarwiseEncoding`:
/// - A bar says its meter where it changes, and in the first bar always; positions go up within it. Where the
///   meter stays, only the first bar says it, and none is cut short.
/// - At a position: pedal up, pedal down, tempo, then notes, cells ascending, each with its length; a
///   velocity only before a note.
/// - No key is struck that sounds, and at most `maximumNotesAtOnce` sound at once.
/// - "<start>" never; "<end>" only if asked for, and not within a note.
package struct BarwiseGrammar: Hashable, Sendable, MusicGrammar {
    package let rules: GrammarRules
    private(set) var place: BarwisePlace
    private let encoding: BarwiseEncoding
    /// For each cell the step where its latest note ends.
    private var ends: [Int]
    private var hasEnded = false

    init(encoding: BarwiseEncoding, rules: GrammarRules) {
        self.encoding = encoding
        self.rules = rules
        place = BarwisePlace(encoding)
        ends = [Int](repeating: 0, count: encoding.grid.cellCount)
    }

    package var step: Int { place.step }
    package var isFinished: Bool { hasEnded || rules.endStep.map { step >= $0 } ?? false }

    /// The cells that sound at this place, ascending.
    var sounding: some Sequence<Int> {
        let step = place.step
        return ends.indices.lazy.filter { ends[$0] > step }
    }

    /// The step where the cell's latest note ends.
    func end(of cell: Int) -> Int { ends[cell] }

    package mutating func advance(_ token: Int) {
        let token = encoding.layout.token(token)
        if token == .pieceEnd { hasEnded = true }
        if case .length(let index) = token, case .note(let cell) = place.pending {
            ends[cell] = place.step + encoding.scale.lengths[index]
        }
        place.advance(token, encoding)
    }

    package func allows(_ token: Int) -> Bool { allows(token, hasFreeHand: hasFreeHand) }

    /// Sets `allowed[id]` to `allows(id)` for every id of the vocabulary, (V). Allocates nothing.
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        precondition(
            allowed.count == encoding.layout.count, "the mask needs a place for every word")
        let hasFreeHand = hasFreeHand
        for id in allowed.indices { allowed[id] = allows(id, hasFreeHand: hasFreeHand) }
    }

    private func allows(_ token: Int, hasFreeHand: @autoclosure () -> Bool) -> Bool {
        if hasEnded { return false }
        let token = encoding.layout.token(token)
        switch (place.pending, token) {
        case (.note, .length): return true
        case (.note, _): return false
        case (_, .note(let cell)):
            return place.takes(token, encoding) && isFree(cell) && hasFreeHand()
        case (.velocity, _): return false
        case (_, .pieceEnd): return rules.allowsPieceEnd
        case (_, .meter), (_, .cut):
            return !(rules.keepsMeter && place.meter >= 0) && place.takes(token, encoding)
        case (_, .velocity(_, let instrument)):
            return place.takes(token, encoding) && hasFreeHand() && canStrike(instrument)
        default: return place.takes(token, encoding)
        }
    }

    private var hasFreeHand: Bool {
        let step = place.step
        return ends.count { $0 > step } < rules.maximumNotesAtOnce
    }

    /// Whether the instrument has a cell that may be struck here, if a hand is free.
    private func canStrike(_ instrument: Int) -> Bool {
        encoding.grid.cells(ofInstrument: instrument).contains(where: isFree)
    }

    /// Whether the cell may be struck, if a hand is free.
    private func isFree(_ cell: Int) -> Bool {
        cell > place.latestCell && ends[cell] <= place.step && encoding.grid.isInReach(cell)
    }
}

extension BarwiseEncoding {
    package func grammar(_ rules: GrammarRules) -> any MusicGrammar {
        BarwiseGrammar(encoding: self, rules: rules)
    }

    package func context() -> (any MusicContext)? { BarwiseContext(encoding: self) }
}
