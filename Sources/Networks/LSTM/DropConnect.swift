import CKernels
import Tensors

/// Dropout of recurrent weights, with one mask for a whole window (DropConnect: Wan et al. 2013, as
/// in AWD-LSTM: Merity et al. 2018).
///
/// The mask is not kept: it follows from a seed, and is made again for the gradient.
final class DropConnect {
    private let original: Matrix
    private let rate: Float
    private let dropped: FloatBuffer
    private var seed: UInt64 = 0

    init(of weights: Matrix, rate: Float) {
        original = weights
        self.rate = rate
        dropped = FloatBuffer(zeros: rate > 0 ? weights.count : 0)
    }

    /// The weights of this window.
    var weights: Matrix {
        rate > 0
            ? dropped.matrix(rows: original.rows, columns: original.columns) : original
    }

    /// Draws the mask of the next window from the weights as they are now.
    func draw(using generator: inout SeededGenerator) {
        guard rate > 0 else { return }
        seed = generator.next()
        clara_dropout(dropped.base, original.base, original.count, seed, rate)
    }

    /// Multiplies the gradient of `weights`, which began as zero, by the mask: that of the original.
    func apply(to gradient: Matrix) {
        guard rate > 0 else { return }
        clara_dropout(gradient.base, gradient.base, gradient.count, seed, rate)
    }
}
