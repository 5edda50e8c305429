/// A logit from which no probability can be made: not a number, or +infinity.
public struct SamplingError: Error, Hashable, Sendable, CustomStringConvertible {
    public let token: Int
    public let logit: Float

    public var description: String {
        "the model's logit for token \(token) is \(logit): its weights are damaged, or training diverged"
    }
}
