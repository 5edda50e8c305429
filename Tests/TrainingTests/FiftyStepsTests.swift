import Foundation
import Networks
import Tensors
import Testing
import Training

/// Whether training is the mathematics that PyTorch does: the loss of fifty steps, each of which
/// depends on all before it, from the same weights and data.
@Suite struct FiftyStepsTests {
    /// Nats of each window, from Benchmarks/fifty_steps_lstm.py, torch 2.15.0 in double precision.
    static let golden: [(kind: Adam.Kind, weightDecay: Float, losses: [Double])] = [
        (
            .adamW, 0.1,
            [
                97.455039, 89.647347, 96.749938, 89.764855, 96.272318, 96.198678,
                88.398133, 95.322277, 88.008013, 94.934809, 94.645548, 86.459646,
                93.515886, 86.322980, 92.674625, 92.175250, 84.316629, 90.884200,
                84.063998, 90.088181, 89.696118, 81.154326, 87.917022, 79.972849,
                85.957763, 85.637995, 76.534927, 83.966160, 75.225853, 81.885451,
                81.590112, 72.071701, 79.769470, 70.630241, 76.938992, 77.961675,
                68.523476, 76.903814, 67.567961, 72.944740, 74.526390, 65.277112,
                74.592301, 63.115311, 69.239809, 72.192772, 60.582955, 70.464699,
                60.874036, 67.521633,
            ]
        ),
        (
            .adam, 0.005,
            [
                97.455039, 89.568091, 96.718232, 89.431813, 96.162171, 96.036961,
                88.268722, 95.675207, 87.841582, 95.189261, 94.996063, 86.804095,
                94.634178, 86.144291, 94.263251, 93.933602, 85.463342, 93.959747,
                84.659360, 93.492583, 93.226336, 84.504399, 93.561830, 83.628500,
                93.019435, 92.816566, 83.866863, 93.329149, 82.973791, 92.723125,
                92.558322, 83.398806, 93.193027, 82.466552, 92.493623, 92.373127,
                83.021891, 93.076378, 82.051431, 92.280043, 92.192457, 82.655091,
                92.927637, 81.611576, 92.012403, 91.945030, 82.250960, 92.660974,
                81.074586, 91.612798,
            ]
        ),
    ]

    @Test(arguments: golden)
    func theLossFollowsPyTorch(kind: Adam.Kind, weightDecay: Float, losses: [Double]) throws {
        let model = try Self.model()
        let optimiser = Adam(
            try Adam.Settings(kind: kind, beta1: 0.7, beta2: 0.99, weightDecay: weightDecay),
            for: model.weights)
        var generator = SeededGenerator(seed: 0)
        try #require(losses.count == 50)
        for (step, golden) in losses.enumerated() {
            let loss = model.differentiate(Self.windows[step % 5], using: &generator)
            #expect(abs(loss - golden) < 1e-4 * golden, "step \(step + 1)")
            optimiser.update(
                model.weights, gradients: model.gradients, step: step + 1, rate: 0.01, clip: 0.2)
        }
    }

    // MARK: - The script's network and windows

    private static func model() throws -> LanguageModel {
        let network = NetworkConfiguration.lstm(
            try LSTMConfiguration(vocabulary: 11, embedding: 12, hidden: 20, layers: 3))
        let weights = ParameterSet(network.shapes)
        for (number, tensor) in weights.tensors.enumerated() {
            let values = weights.values(of: tensor)
            for index in values.indices {
                values[index] = Float(0.4 * sin(0.37 * Double(index) + Double(number)))
            }
        }
        return LanguageModel(
            configuration: network, weights: weights, steps: 10, streams: 4,
            regularisation: try Regularisation(activation: 2, temporalActivation: 1),
            team: ThreadTeam(threads: 2))
    }

    /// A piece of each stream is 17 + stream tokens: 0, its start, and then 1…10.
    private static func token(_ place: Int, _ stream: Int) -> Int32 {
        let offset = place % (17 + stream)
        return offset == 0 ? 0 : Int32(1 + (3 * offset + offset * offset / 5 + stream) % 10)
    }

    private static let windows = (0..<5).map { number in
        let places = (0..<10).flatMap { step in (0..<4).map { (10 * number + step, $0) } }
        return TokenWindow(
            inputs: places.map { token($0, $1) },
            targets: places.map { token($0 + 1, $1) == 0 ? -1 : token($0 + 1, $1) }, resetToken: 0)
    }
}
