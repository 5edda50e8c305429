/// Which tokens may follow, and when enough has been written: the rules that sampling obeys, as the
/// grammar of an encoding does.
///
/// A value with one copy for each stream.
package protocol TokenConstraint {
    /// Takes note of a token that was chosen. O(1).
    mutating func advance(_ token: Int)

    /// Sets the logits of the tokens that may not follow to −infinity. Changes others only where these stand for
    /// them, and then leaves the model's total probability as it is.
    ///
    /// - Parameter logits: one for each token, (V).
    func mask(_ logits: UnsafeMutableBufferPointer<Float>)

    /// Whether the stream is complete: then no token is asked for any more.
    var isFinished: Bool { get }

    /// How many tokens have come that were given, where some are.
    var given: Int { get }
}

extension TokenConstraint {
    package var given: Int { 0 }
}

/// Allows every token and never finishes: a stream ends at the token limit.
package struct NoConstraint: TokenConstraint, Hashable, Sendable {
    package init() {}

    package func advance(_ token: Int) {}

    package func mask(_ logits: UnsafeMutableBufferPointer<Float>) {}

    package var isFinished: Bool { false }
}
