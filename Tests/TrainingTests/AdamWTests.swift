import Foundation
import Networks
import Tensors
import Testing
import Training

@Suite struct AdamWTests {
    static let settings = [
        AdamW.Settings(), AdamW.Settings(beta1: 0.8, beta2: 0.999, epsilon: 1e-6, weightDecay: 0.1),
    ]

    @Test(arguments: settings, [Float(0.5), 1000])
    func followsThePlainReference(settings: AdamW.Settings, clip: Float) {
        let shapes = [(name: "a", shape: [3, 7]), (name: "b", shape: [5])]
        let (weights, gradients) = (ParameterSet(shapes), ParameterSet(shapes))
        var generator = SeededGenerator(seed: 1)
        for index in 0..<26 { weights.buffer.base[index] = generator.normal() }
        var expected = Array(weights.buffer).map { Double($0) }
        var moments = [(m: Double, v: Double)](repeating: (0, 0), count: 26)
        let optimiser = AdamW(settings, for: weights)
        for step in 1...30 {
            for index in 0..<26 { gradients.buffer.base[index] = generator.normal() }
            let raw = Array(gradients.buffer).map { Double($0) }
            let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let found = optimiser.update(
                weights, gradients: gradients, step: step, rate: 0.01, clip: clip)
            #expect(abs(found - norm) < 1e-5 * norm)
            for index in 0..<26 {
                ReferenceKernels.adam(
                    weight: &expected[index], moments: &moments[index],
                    gradient: raw[index] * min(1, Double(clip) / norm), step: step, rate: 0.01,
                    beta1: Double(settings.beta1), beta2: Double(settings.beta2),
                    epsilon: Double(settings.epsilon), weightDecay: Double(settings.weightDecay))
            }
        }
        let largest = zip(Array(weights.buffer), expected).reduce(0) {
            max($0, abs(Double($1.0) - $1.1))
        }
        #expect(largest < 5e-6)
    }

    /// The first six and every tenth loss of fifty clipped steps, from
    /// Benchmarks/golden/lstm_language_model.py, torch 2.15.0 in double precision.
    static let golden: [(weightDecay: Float, losses: [Double])] = [
        (
            0,
            [
                36.019760, 33.459870, 35.242326, 34.856340, 32.501532, 34.144498, 32.682399,
                25.813790, 21.356547, 18.749193, 16.933036,
            ]
        ),
        (
            0.1,
            [
                36.019760, 33.459258, 35.241679, 34.859722, 32.509156, 34.157393, 32.776138,
                26.110298, 21.691586, 19.087829, 17.120984,
            ]
        ),
    ]

    @Test(arguments: golden)
    func fiftyStepsOfTheNetworkFollowPyTorch(weightDecay: Float, losses: [Double]) throws {
        let model = try Self.model()
        let optimiser = AdamW(AdamW.Settings(weightDecay: weightDecay), for: model.weights)
        var generator = SeededGenerator(seed: 0)
        var found: [Double] = []
        for step in 0..<50 {
            found.append(model.differentiate(Self.windows[step % 3], using: &generator))
            optimiser.update(
                model.weights, gradients: model.gradients, step: step + 1, rate: 0.02, clip: 0.1)
        }
        let kept = found.prefix(6) + stride(from: 9, to: 50, by: 10).map { found[$0] }
        for (loss, golden) in zip(kept, losses) { #expect(abs(loss - golden) < 1e-5 * golden) }
        #expect(kept.count == losses.count)
    }

    // MARK: - The script's network and windows

    private static func model() throws -> LanguageModel {
        let configuration = try LSTMConfiguration(
            vocabulary: 7, embedding: 5, hidden: 6, layers: 3)
        let weights = ParameterSet(configuration.shapes)
        for (start, tensor) in weights.tensors.enumerated() {
            let values = weights.values(of: tensor)
            for index in values.indices {
                values[index] = Float(0.6 * sin(0.37 * Double(index) + Double(start)))
            }
        }
        return LanguageModel(
            configuration: .lstm(configuration), weights: weights, steps: 6, streams: 3)
    }

    private static let windows = (0..<3).map { index in
        func token(_ step: Int, _ stream: Int) -> Int32 {
            if index == 0 && step == 0 || index == 1 && step == 2 && stream == 1 { return 0 }
            return Int32(1 + (5 * (step + 6 * index) + 3 * stream) % 6)
        }
        let places = (0..<6).flatMap { step in (0..<3).map { (step, $0) } }
        return TokenWindow(
            inputs: places.map { token($0, $1) },
            targets: places.map { token($0 + 1, $1) == 0 ? -1 : token($0 + 1, $1) }, resetToken: 0)
    }
}
