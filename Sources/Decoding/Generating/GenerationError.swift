/// A model gave a stream logits from which no token can be chosen.
public struct GenerationError: Error, Hashable, Sendable, CustomStringConvertible {
    public let stream: Int
    /// How many tokens the stream had before.
    public let position: Int
    public let cause: SamplingError

    public var description: String {
        "\(cause.description) (stream \(stream), after \(position) tokens)"
    }
}
