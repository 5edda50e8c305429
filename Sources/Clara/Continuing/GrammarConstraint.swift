import Decoding
import Encodings

/// The grammar of an encoding as the rules that sampling obeys.
struct GrammarConstraint<Grammar: MusicGrammar>: TokenConstraint {
    private(set) var grammar: Grammar

    init(_ grammar: Grammar) { self.grammar = grammar }

    var isFinished: Bool { grammar.isFinished }

    mutating func advance(_ token: Int) { grammar.advance(token) }

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: logits.count) { allowed in
            grammar.fillMask(allowed)
            for token in logits.indices where !allowed[token] { logits[token] = -.infinity }
        }
    }
}
