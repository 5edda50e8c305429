import Decoding
import Encodings

/// The grammar of an encoding as the rules that sampling obeys, and what keeps it from copying and from loops.
struct GrammarConstraint<Grammar: MusicGrammar>: TokenConstraint {
    private(set) var grammar: Grammar
    private var strikeGuard: StrikeGuard?

    /// - Parameter strikeGuard: nil where any note may be struck.
    init(_ grammar: Grammar, strikeGuard: StrikeGuard?) {
        self.grammar = grammar
        self.strikeGuard = strikeGuard
    }

    var isFinished: Bool { grammar.isFinished }
    var given: Int { grammar.given }

    mutating func advance(_ token: Int) {
        let step = grammar.step
        grammar.advance(token)
        strikeGuard?.advance(token, at: step, next: grammar.step)
    }

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: logits.count) { allowed in
            grammar.fillMask(allowed)
            grammar.moveRuledOut(in: logits, allowed: allowed)
            for token in logits.indices where !allowed[token] { logits[token] = -.infinity }
        }
        strikeGuard?.mask(logits, after: grammar)
    }
}
