import Score

/// One continuation of a prompt.
public struct Take: Sendable {
    /// Which of all takes with the same model, prompt and settings it is.
    public enum Origin: Hashable, Sendable {
        /// Sampled: this seed makes it again as the only take.
        case seed(Int)
        /// Found by a beam search: its rank, counted from 1.
        case beam(Int)

        /// Part of a file's name: "414333", "beam-1".
        public var name: String {
            switch self {
            case .seed(let seed): "\(seed)"
            case .beam(let rank): "beam-\(rank)"
            }
        }
    }

    public let origin: Origin
    /// The prompt and the new notes, or the new notes only; the settings as a text.
    public let score: Score
    /// Where the new music begins, in the score's ticks.
    public let start: Ticks
    /// The bar line where it ends.
    public let end: Ticks
    /// New notes.
    public let notes: Int
    /// Tokens that the model wrote.
    public let tokens: Int
    /// The sum over the tokens of ln p under the model, at temperature 1, in nats.
    public let logProbability: Double
    /// Seconds from the start of generating until this take was complete.
    public let generatingSeconds: Double
    /// What the new music has in common with the music that it was to keep from copying; nil where
    /// there was none.
    public let copies: TakeCopies?

    /// How long the new music is, at its own tempo.
    public var seconds: Double { score.seconds(at: end) - score.seconds(at: start) }
    /// The mean of ln p over the notes, their releases and waits included, in nats.
    public var logProbabilityPerNote: Double { logProbability / Double(max(1, notes)) }
    public var tokensPerSecond: Double { Double(tokens) / max(1e-9, generatingSeconds) }
    /// A sampled take's seed, which makes it again as the only one.
    public var seed: Int? {
        guard case .seed(let seed) = origin else { return nil }
        return seed
    }
    /// A searched take's rank among the beams, counted from 1.
    public var beam: Int? {
        guard case .beam(let rank) = origin else { return nil }
        return rank
    }
}
