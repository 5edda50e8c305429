/// A window of T steps of B streams of token ids: what goes in and what should come out.
public struct TokenWindow: Sendable {
    /// (T·B), steps outermost; ids below the vocabulary's size.
    public var inputs: [Int32]
    /// (T·B); −1 where nothing is asked, as after the end of a piece.
    public var targets: [Int32]
    /// The id that begins a piece: a stream's state is zero when it comes in. The target one step
    /// before it must be −1.
    public let resetToken: Int32

    public init(inputs: [Int32], targets: [Int32], resetToken: Int32) {
        precondition(inputs.count == targets.count, "as many targets as inputs")
        self.inputs = inputs
        self.targets = targets
        self.resetToken = resetToken
    }
}
