import Foundation
import Networks
import Tensors
import Testing

/// Losses and gradients of PyTorch's own LSTM cells with the same weights, in double precision.
/// Every number below is from Benchmarks/golden/lstm_language_model.py, torch 2.15.0.
@Suite struct LSTMGoldenTests {
    static let windowLosses = [36.0197602, 33.8249541, 36.1252682]

    /// Of the mean loss of the second window after the first: sum, sum of magnitudes, first, last.
    static let gradients: [(name: String, values: [Double])] = [
        ("embedding.weight", [4.1353366e-03, 2.4761825e-01, 4.6345561e-02, -4.7940269e-05]),
        ("lstm.0.weight_ih", [-1.1776243e-02, 2.5318673e-02, -1.2696184e-04, 6.5667630e-04]),
        ("lstm.0.weight_hh", [6.0270241e-04, 6.8150164e-03, -3.2649335e-05, 1.3536795e-05]),
        ("lstm.0.bias", [-7.7004035e-03, 1.3404002e-02, -6.3617999e-05, 1.1476769e-04]),
        ("lstm.1.weight_ih", [-3.1535031e-04, 4.4871340e-02, 8.9080733e-05, -2.0368270e-05]),
        ("lstm.1.weight_hh", [-1.3335159e-02, 8.0529307e-02, 2.7107868e-04, 7.7412540e-05]),
        ("lstm.1.bias", [1.6543770e-02, 7.3968639e-02, -1.3567406e-03, 2.9516251e-04]),
        ("lstm.2.weight_ih", [-1.4655864e-01, 1.8776937e-01, -3.9680264e-04, 2.5533945e-05]),
        ("lstm.2.weight_hh", [6.7617603e-02, 9.3686493e-02, 3.1190718e-04, 8.4660149e-05]),
        ("lstm.2.bias", [1.2929714e-01, 1.4557935e-01, 8.0024602e-04, 1.8634162e-03]),
        ("output.bias", [0, 3.6465862e-01, 1.8232931e-01, -2.6094525e-02]),
    ]

    @Test func lossesFollowPyTorchWithTheStateCarried() throws {
        let model = try Self.model()
        for (window, expected) in zip(Self.windows, Self.windowLosses) {
            #expect(abs(model.score(window) - expected) < 2e-5)
        }
    }

    @Test func gradientsFollowPyTorch() throws {
        let model = try Self.model()
        var generator = SeededGenerator(seed: 0)
        _ = model.score(Self.windows[0])
        _ = model.differentiate(Self.windows[1], using: &generator)
        #expect(model.gradients.tensors.map(\.name) == Self.gradients.map(\.name))
        for (tensor, expected) in zip(model.gradients.tensors, Self.gradients) {
            let values = model.gradients.values(of: tensor).map { Double($0) }
            let found = [
                values.reduce(0, +), values.reduce(0) { $0 + abs($1) }, values.first ?? .nan,
                values.last ?? .nan,
            ]
            for (value, golden) in zip(found, expected.values) {
                #expect(abs(value - golden) < 1e-7 + 5e-5 * abs(golden), "\(tensor.name)")
            }
        }
    }

    // MARK: - The script's network and windows

    static func model() throws -> LanguageModel {
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

    /// T = 6 steps of B = 3 streams; a piece ends and another begins within the second window.
    static let windows = (0..<3).map { index in
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
