import Tensors

/// A network's body: windows of token ids → features, and their gradients backwards.
///
/// Steps are outermost in every buffer: a row is (step · B + stream). A window may have fewer steps
/// than planned for. Memory is planned once, at `init`; a window allocates nothing.
package protocol SequenceEncoder: AnyObject {
    /// E, the width of the features.
    var width: Int { get }
    /// T, the most steps of a window.
    var steps: Int { get }
    /// B, streams in a batch.
    var streams: Int { get }

    /// Draws the dropout masks of the next window, DropConnect's too; nothing where rates are 0.
    func drawDropout(using generator: inout SeededGenerator)

    /// The features of the window's places, (T·B, E), valid until the next call.
    ///
    /// - Parameter training: whether the masks drawn last apply.
    func forward(_ window: TokenWindow, training: Bool) -> Matrix

    /// Adds the gradients of all weights of the encoder, after `forward` in training. Where weights are
    /// dropped (DropConnect), their gradients must have been zero before.
    ///
    /// - Parameter dOutput: the gradient of the features, (T·B, E); used up.
    func backward(_ window: TokenWindow, dOutput: Matrix)

    /// Carries the state after the window's last step over to the next window.
    func carryState()

    /// The carried state, all zero at first; to save and restore.
    var carriedStates: [Matrix] { get }
}
