import CKernels
import Tensors

/// Dropout with one mask for all steps of a window (Gal & Ghahramani 2016): the same units of a
/// stream are left out throughout, the others scaled so that the mean stays.
final class DropoutMask {
    /// The share of units left out, 0 ≤ rate < 1.
    let rate: Float
    /// (rows, width): 0 or 1/(1 − rate). Empty where the rate is 0.
    private let buffer: FloatBuffer
    private let shape: (rows: Int, columns: Int)

    init(rate: Float, rows: Int, columns: Int) {
        self.rate = rate
        shape = (rows, columns)
        buffer = FloatBuffer(zeros: rate > 0 ? rows * columns : 0)
    }

    /// Whether there is anything to drop.
    var isActive: Bool { rate > 0 }

    var matrix: Matrix { buffer.matrix(rows: shape.rows, columns: shape.columns) }

    /// The factor of a row of a single unit; 1 where nothing is dropped.
    subscript(row: Int) -> Float { isActive ? buffer.base[row] : 1 }

    /// A new mask for the next window.
    func draw(using generator: inout SeededGenerator) {
        guard isActive else { return }
        buffer.fill(1)
        clara_dropout(buffer.base, buffer.base, buffer.count, generator.next(), rate)
    }

    /// Multiplies every step of `activations` (T·rows, width), or of their gradients, by the mask.
    func apply(to activations: Matrix) {
        guard isActive else { return }
        for start in stride(from: 0, to: activations.rows, by: shape.rows) {
            activations.rows(from: start, count: shape.rows).multiply(by: matrix)
        }
    }
}
