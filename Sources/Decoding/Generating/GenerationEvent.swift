/// What happens while a batch is generated, in the order in which it happens.
package enum GenerationEvent: Hashable, Sendable {
    /// A stream got a token.
    case chose(stream: Int, token: Int, logProbability: Float)
    /// A stream left the batch.
    case ended(stream: Int, tokens: Int, GeneratedStream.End)
}
