/// What one stream of a batch wrote.
public struct GeneratedStream: Hashable, Sendable {
    /// Why a stream ended.
    public enum End: String, Hashable, Sendable, Codable {
        /// Its constraint is finished.
        case finished
        /// It has as many tokens as allowed.
        case tokenLimit
        /// Its constraint allowed no token.
        case nothingAllowed
        /// The generation was cancelled.
        case cancelled
    }

    /// The number that, with the seed, decides its random numbers.
    public let number: Int
    /// All chosen tokens, the one that finished it included, the prompt not.
    public let tokens: [Int]
    /// The sum of the tokens' log-probabilities, each as in ``Sampler/Choice``; in nats.
    public let logProbability: Double
    public let end: End
}
