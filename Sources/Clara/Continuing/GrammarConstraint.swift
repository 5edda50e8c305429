import Decoding
import Encodings

/// The grammar of an encoding as the rules that sampling obeys, and what keeps it from copying.
struct GrammarConstraint<Grammar: MusicGrammar>: TokenConstraint {
    private(set) var grammar: Grammar
    private var copyGuard: CopyGuard?

    /// - Parameter copyGuard: nil where anything may be copied.
    init(_ grammar: Grammar, copyGuard: CopyGuard?) {
        self.grammar = grammar
        self.copyGuard = copyGuard
    }

    var isFinished: Bool { grammar.isFinished }
    var given: Int { grammar.given }

    mutating func advance(_ token: Int) {
        let step = grammar.step
        grammar.advance(token)
        copyGuard?.advance(token, at: step, next: grammar.step)
    }

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: logits.count) { allowed in
            grammar.fillMask(allowed)
            grammar.moveRuledOut(in: logits, allowed: allowed)
            for token in logits.indices where !allowed[token] { logits[token] = -.infinity }
        }
        copyGuard?.mask(logits, after: grammar)
    }
}
