import CKernels

/// The vector loops of the small C target under names and shapes of ours.
package enum Kernels {
    /// One LSTM cell. `gates` (B, 4H): preactivations in, activations out; `before`, `after` and
    /// `h` (B, H): the cell state before and after, and the output.
    package static func lstmCellForward(gates: Matrix, before: Matrix, after: Matrix, h: Matrix) {
        precondition(
            gates.count == 4 * h.count && gates.rows == h.rows && before.count == h.count
                && after.count == h.count, "the cell's matrices do not fit")
        clara_lstm_cell_forward(
            gates.base, before.base, after.base, h.base, h.rows, h.columns)
    }

    /// Its gradient. `gates`: activations in, gradients of the preactivations out; `dc` (B, H):
    /// gradient of the cell state, in for `after`, out for `before`.
    package static func lstmCellBackward(
        gates: Matrix, before: Matrix, after: Matrix, dh: Matrix, dc: Matrix
    ) {
        precondition(
            gates.count == 4 * dh.count && gates.rows == dh.rows && before.count == dh.count
                && after.count == dh.count && dc.count == dh.count, "the cell's matrices do not fit"
        )
        clara_lstm_cell_backward(
            gates.base, before.base, after.base, dh.base, dc.base, dh.rows, dh.columns)
    }

    /// −ln p of each row's target into `losses` (N), and scale·(softmax − onehot) over `logits`
    /// (N, V), in place. A negative target is skipped: loss and gradient 0.
    package static func softmaxCrossEntropy(
        logits: Matrix, targets: UnsafePointer<Int32>, losses: FloatBuffer, scale: Float
    ) {
        precondition(losses.count >= logits.rows, "fewer losses than rows")
        clara_softmax_cross_entropy(
            logits.base, targets, logits.base, losses.base, logits.rows, logits.columns, scale)
    }

    package static func sumOfSquares(_ buffer: FloatBuffer) -> Double {
        clara_sum_of_squares(buffer.base, buffer.count)
    }
}
