import CKernels
import Tensors

/// Layer normalisation (Ba et al. 2016) of rows of width E, with what its gradient needs.
///
/// Rows are independent: members of a team call it for different ones.
final class LayerNorm {
    private let weight: Matrix  // (1, E)
    private let bias: Matrix
    /// A team member's own gradients.
    private let gradients: [NormVectors]
    /// (N, E), before weight and bias.
    private let normalised: FloatBuffer
    /// 1/√(variance + ε), (N).
    private let scales: FloatBuffer
    private var width: Int { weight.columns }

    init(_ weights: NormVectors, gradients: [NormVectors], rows: Int) {
        weight = weights.weight
        bias = weights.bias
        self.gradients = gradients
        normalised = FloatBuffer(zeros: rows * weights.weight.columns)
        scales = FloatBuffer(zeros: rows)
    }

    /// The norms of `x` (n, E), which stands at row `start`, into `output` (n, E).
    func forward(_ x: Matrix, from start: Int, into output: Matrix) {
        clara_layer_norm_forward(
            output.base, normalised.base + start * width, scales.base + start, x.base, weight.base,
            bias.base, x.rows, width, TransformerConfiguration.normEpsilon)
    }

    /// What `forward` gave for the rows from `start` on, once more.
    func repeatForward(from start: Int, into output: Matrix) {
        clara_layer_norm_output(
            output.base, normalised.base + start * width, weight.base, bias.base, output.rows,
            width)
    }

    /// From `dOutput` (n, E) adds the gradient of the input to `dInput` (n, E), and those of the
    /// weights to the member's own.
    func backward(dOutput: Matrix, from start: Int, addingTo dInput: Matrix, member: Int) {
        let own = gradients[member]
        clara_layer_norm_backward(
            dInput.base, own.weight.base, own.bias.base, dOutput.base,
            normalised.base + start * width, scales.base + start, weight.base, dOutput.rows, width)
    }
}
