import CKernels
import Tensors

/// Activation regularisation and its temporal form (Merity, McCann & Socher 2017): α times the mean
/// square of the features, and β times that of the last layer's change from step to step, as
/// gradients; the loss that is reported leaves them out.
struct ActivationPenalty {
    private let alpha: Float
    private let beta: Float
    private let streams: Int

    init(_ regularisation: Regularisation, streams: Int) {
        alpha = regularisation.activation
        beta = regularisation.temporalActivation
        self.streams = streams
    }

    /// dOutput (T·B, E) += the gradient of α·mean(features²).
    func addGradient(ofFeatures features: Matrix, to dOutput: Matrix) {
        guard alpha > 0 else { return }
        clara_add_scaled(
            dOutput.base, features.base, 2 * alpha / Float(features.count), features.count)
    }

    /// dOutput (T·B, E) += the gradient of β·mean((h_t − h_{t−1})²) at the places of `steps`; `output`
    /// are all h_t before dropout. Neither between two pieces nor at a piece's last token is there a
    /// change that means anything.
    func addTemporalGradient(
        of output: Matrix, steps: Range<Int>, resets: Resets, to dOutput: Matrix
    ) {
        guard beta > 0, resets.steps > 1 else { return }
        let pairs = Float((resets.steps - 1) * streams * output.columns)
        for step in steps {
            for stream in 0..<streams {
                let row = step * streams + stream
                if isPair(step, stream, resets) {
                    add(output, row, row - streams, 2 * beta / pairs, dOutput)
                }
                if isPair(step + 1, stream, resets) {
                    add(output, row, row + streams, 2 * beta / pairs, dOutput)
                }
            }
        }
    }

    /// Whether the change into `step` counts.
    private func isPair(_ step: Int, _ stream: Int, _ resets: Resets) -> Bool {
        guard step > 0, step < resets.steps, !resets[step, stream] else { return false }
        return step + 1 == resets.steps || !resets[step + 1, stream]
    }

    /// Row `row` of dOutput += factor · (output[row] − output[other]).
    private func add(
        _ output: Matrix, _ row: Int, _ other: Int, _ factor: Float, _ dOutput: Matrix
    ) {
        let gradient = dOutput.rows(from: row, count: 1)
        clara_add_scaled(
            gradient.base, output.rows(from: row, count: 1).base, factor, output.columns)
        clara_add_scaled(
            gradient.base, output.rows(from: other, count: 1).base, -factor, output.columns)
    }
}
