/// What one stream of a batch wrote.
package struct GeneratedStream: Hashable, Sendable {
    /// Why a stream ended.
    package enum End: String, Hashable, Sendable, Codable {
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
    package let number: Int
    /// All chosen tokens, the one that finished it included, the prompt not.
    package let tokens: [Int]
    /// The sum of the tokens' log-probabilities, each as in ``Sampler/Choice``; in nats.
    package let logProbability: Double
    package let end: End
}
