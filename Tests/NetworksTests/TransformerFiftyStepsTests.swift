import CKernels
import Foundation
import Networks
import Tensors
import Testing

/// Training follows PyTorch's, step for step. The numbers are from
/// Benchmarks/fifty_steps_transformer.py, torch 2.15.0, in double precision; PyTorch's own losses in
/// single precision differ from them by 2e-6 at most.
@Suite struct TransformerFiftyStepsTests {
    static let losses = [
        4.940759, 4.533746, 3.997074, 3.328100, 3.160735, 2.980081, 2.722110, 2.502628,
        2.274813, 2.337148, 2.127681, 1.937111, 2.075674, 1.767087, 1.608982, 1.850241,
        1.469384, 1.336924, 1.621899, 1.221551, 1.127576, 1.385196, 1.000881, 0.918165,
        1.170037, 0.831877, 0.735034, 1.006710, 0.675413, 0.568451, 0.862773, 0.543461,
        0.446133, 0.758683, 0.424301, 0.351066, 0.661147, 0.340964, 0.256990, 0.585698,
        0.266546, 0.190532, 0.523863, 0.206481, 0.138800, 0.473681, 0.158848, 0.103907,
        0.421556, 0.123734,
    ]

    @Test(arguments: [1, 2]) func theLossesOfFiftyStepsArePyTorchs(threads: Int) throws {
        let model = try TransformerFormula.model(
            TransformerConfiguration(
                vocabulary: 19, embedding: 24, layers: 3, heads: 3, feedForward: 40, window: 20),
            steps: 12, streams: 4, team: ThreadTeam(threads: threads))
        let windows = TransformerFormula.windows(steps: 12, streams: 4, vocabulary: 19)
        let (m, v) = (ParameterSet(like: model.weights), ParameterSet(like: model.weights))
        var generator = SeededGenerator(seed: 0)
        for (step, expected) in Self.losses.enumerated() {
            let window = windows[step % 3]
            let loss = model.differentiate(window, using: &generator)
            let targets = window.targets.count { $0 >= 0 }
            #expect(abs(loss / Double(targets) - expected) < 1e-5 * expected, "step \(step)")
            let norm = Kernels.sumOfSquares(model.gradients.buffer).squareRoot()
            clara_adam_step(
                model.weights.buffer.base, model.gradients.buffer.base, m.buffer.base,
                v.buffer.base, model.weights.count, Float(min(1, 0.5 / (norm + 1e-6))), 0.004, 0.9,
                0.99, 1e-8, Float(1 - pow(0.9, Double(step + 1))),
                Float(1 - pow(0.99, Double(step + 1))), 0.1)
        }
    }
}
