/// What a beam search found.
package struct FoundBeam: Hashable, Sendable {
    /// The group that found it, from 0.
    package let group: Int
    /// All chosen tokens, the one that finished it included, the prompt not.
    package let tokens: [Int]
    /// The sum of the tokens' log-probabilities under the model, each among the allowed tokens; in nats.
    package let logProbability: Double
    /// What the search ranked it by: its log-probability, less what diversity and repetition cost it,
    /// over the length to the power of the length penalty.
    package let score: Double
    package let end: GeneratedStream.End
}
