import Foundation

/// How well a model foresees some music.
public struct Likelihood: Hashable, Sendable, CustomStringConvertible {
    /// Σ −ln p over all tokens of the pieces, their end tokens included.
    public let nats: Double
    /// How many tokens that are.
    public let tokens: Int
    /// The note starts among them.
    public let notes: Int

    public init(nats: Double, tokens: Int, notes: Int) {
        self.nats = nats
        self.tokens = tokens
        self.notes = notes
    }

    /// 0 where there are no tokens.
    public var natsPerToken: Double { tokens > 0 ? nats / Double(tokens) : 0 }

    /// All tokens' bits, shared by the notes; 0 where there are none.
    public var bitsPerNote: Double { notes > 0 ? nats / log(2) / Double(notes) : 0 }

    /// “2.7703 nats per token, 11.312 bits per note”
    public var description: String {
        String(format: "%.4f nats per token, %.3f bits per note", natsPerToken, bitsPerNote)
    }
}
