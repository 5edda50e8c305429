import Foundation
import Networks
import Tensors
import Testing

/// A classifier's outputs and gradients from PyTorch with the same weights, in double precision.
/// Every number below is from Benchmarks/golden/classifier.py, torch 2.15.0.
@Suite struct ClassifierGoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        let pooling: SequencePooling
        let hidden: Int
        let logProbabilities: [[Double]]
        /// Of the mean loss: sum, sum of magnitudes, first, last.
        let gradients: [(String, [Double])]
        var testDescription: String { "\(pooling)" }
    }

    /// Sequences of 9, 4 and 15 places in windows of 6: their gradients come from up to 3 windows.
    @Test(arguments: golden)
    func lossAndGradientsFollowPyTorch(golden: Golden) throws {
        let classifier = try Self.classifier(golden)
        let found = classifier.logProbabilities(of: Self.batch)
        for (row, expected) in zip(found, golden.logProbabilities) {
            for (value, golden) in zip(row, expected) { #expect(abs(value - golden) < 1e-6) }
        }
        var generator = SeededGenerator(seed: 0)
        let loss = classifier.differentiate(Self.batch, using: &generator)
        let expected = zip(Self.batch.labels, golden.logProbabilities).reduce(0) { $0 - $1.1[$1.0] }
        #expect(abs(loss - expected) < 2e-6)
        #expect(classifier.gradients.tensors.map(\.name) == golden.gradients.map(\.0))
        for (tensor, (name, expected)) in zip(classifier.gradients.tensors, golden.gradients) {
            let values = classifier.gradients.values(of: tensor).map { Double($0) }
            let found = [
                values.reduce(0, +), values.reduce(0) { $0 + abs($1) }, values.first ?? .nan,
                values.last ?? .nan,
            ]
            for (value, golden) in zip(found, expected) {
                #expect(abs(value - golden) < 3e-7 + 5e-5 * abs(golden), "\(name)")
            }
        }
    }

    // MARK: - The script's network and sequences

    static func classifier(_ golden: Golden) throws -> SequenceClassifier {
        let configuration = try ClassifierConfiguration(
            network: .lstm(LSTMConfiguration(vocabulary: 7, embedding: 5, hidden: 6, layers: 2)),
            pooling: golden.pooling, hidden: golden.hidden, classes: ["a", "b", "c"])
        let weights = ParameterSet(configuration.shapes)
        for (start, tensor) in weights.tensors.enumerated() {
            let values = weights.values(of: tensor)
            for index in values.indices {
                values[index] = Float(0.6 * sin(0.37 * Double(index) + Double(start)))
            }
        }
        return SequenceClassifier(
            configuration: configuration, weights: weights, steps: 6, streams: 3, windows: 3)
    }

    static let batch = SequenceBatch(
        [9, 4, 15].enumerated().map { stream, length in
            (0..<length).map { Int32(1 + (5 * $0 + 3 * stream) % 6) }
        }, labels: [2, 0, 1], resetToken: 0)

    static let golden: [Golden] = [
        .init(
            pooling: .last, hidden: 0,
            logProbabilities: [
                [-1.6728025, -0.9576249, -0.8475196],
                [-1.6272391, -0.9502643, -0.8749330],
                [-1.6815643, -0.9605913, -0.8410655],
            ],
            gradients: [
                ("embedding.weight", [1.7161034e-02, 4.7940129e-02, 0.0000000e+00, 9.2106060e-04]),
                (
                    "lstm.0.weight_ih",
                    [-1.7414255e-02, 3.9796280e-02, 1.8886641e-04, 1.1341816e-03]
                ),
                (
                    "lstm.0.weight_hh",
                    [-1.3035058e-03, 1.2036239e-02, 7.3439469e-05, -6.2928620e-05]
                ),
                ("lstm.0.bias", [1.9310303e-03, 1.6414482e-02, 8.7848145e-06, -2.0023159e-04]),
                (
                    "lstm.1.weight_ih",
                    [-1.0006209e-02, 1.4425326e-01, 2.3124050e-04, 1.6284891e-04]
                ),
                (
                    "lstm.1.weight_hh",
                    [2.9546302e-02, 2.2706256e-01, 2.5354762e-05, -4.8549422e-03]
                ),
                ("lstm.1.bias", [-6.2622300e-02, 3.1566067e-01, -1.3808818e-03, 1.5336069e-02]),
                (
                    "classifier.output.weight",
                    [5.8980598e-17, 2.7553875e-01, -3.5012836e-05, -3.5540959e-02]
                ),
                (
                    "classifier.output.bias",
                    [-5.5511151e-17, 2.8648389e-01, -1.4324195e-01, 9.2205704e-02]
                ),
            ]),
        .init(
            pooling: .max, hidden: 0,
            logProbabilities: [
                [-1.1580752, -0.9880387, -1.1596253],
                [-1.2104159, -0.9874444, -1.1104848],
                [-1.1518443, -0.9882776, -1.1656197],
            ],
            gradients: [
                ("embedding.weight", [6.8502391e-02, 1.7915387e-01, 0.0000000e+00, 2.7354715e-03]),
                (
                    "lstm.0.weight_ih",
                    [-7.5013364e-02, 1.0004438e-01, 8.7007021e-04, 5.7028067e-04]
                ),
                (
                    "lstm.0.weight_hh",
                    [-5.4957968e-04, 2.4141498e-02, 4.5564834e-04, 4.9493064e-05]
                ),
                ("lstm.0.bias", [-3.0400320e-02, 4.7624460e-02, 2.3291292e-03, -8.4848570e-04]),
                (
                    "lstm.1.weight_ih",
                    [2.6872405e-02, 1.0870173e-01, 6.8388402e-04, -2.0399651e-04]
                ),
                (
                    "lstm.1.weight_hh",
                    [-5.0536380e-02, 1.1264165e-01, 2.3793996e-04, -3.4213074e-04]
                ),
                ("lstm.1.bias", [2.5764953e-02, 7.8720242e-02, 1.7836377e-03, -1.9649501e-03]),
                (
                    "classifier.output.weight",
                    [-3.4694470e-18, 9.3091286e-02, 9.6574024e-03, 6.6094592e-03]
                ),
                (
                    "classifier.output.bias",
                    [0.0000000e+00, 7.8033943e-02, -2.3927746e-02, -1.5089225e-02]
                ),
            ]),
        .init(
            pooling: .mean, hidden: 0,
            logProbabilities: [
                [-1.5977009, -0.9525945, -0.8869751],
                [-1.5120649, -0.9551471, -0.9294009],
                [-1.6327231, -0.9553134, -0.8677109],
            ],
            gradients: [
                (
                    "embedding.weight",
                    [-7.4930282e-03, 2.1043959e-02, 0.0000000e+00, 1.5443773e-04]
                ),
                ("lstm.0.weight_ih", [9.6039302e-03, 2.1692784e-02, 4.8759132e-05, 2.5091088e-04]),
                (
                    "lstm.0.weight_hh",
                    [-6.4743867e-04, 3.4937551e-03, 1.9635691e-05, -3.1993028e-05]
                ),
                ("lstm.0.bias", [2.8227598e-03, 7.8778637e-03, -1.8380009e-04, 4.2652405e-04]),
                (
                    "lstm.1.weight_ih",
                    [5.9217359e-04, 9.2043643e-02, -1.3870448e-04, 6.6291615e-04]
                ),
                (
                    "lstm.1.weight_hh",
                    [1.3356401e-02, 9.7562518e-02, -2.7119485e-05, 5.8819421e-05]
                ),
                ("lstm.1.bias", [-5.8609455e-02, 2.1834802e-01, -3.7819098e-04, 9.1984160e-03]),
                (
                    "classifier.output.weight",
                    [1.0408341e-17, 1.8603469e-01, 5.4631619e-03, -2.2982677e-02]
                ),
                (
                    "classifier.output.bias",
                    [0.0000000e+00, 2.5452515e-01, -1.2726257e-01, 7.5533898e-02]
                ),
            ]),
        .init(
            pooling: .concatenated, hidden: 4,
            logProbabilities: [
                [-0.7200154, -1.9068079, -1.0086764],
                [-0.7215770, -1.7941964, -1.0562607],
                [-0.7119757, -1.9407981, -1.0058412],
            ],
            gradients: [
                ("embedding.weight", [2.7621164e-02, 5.5721510e-02, 0.0000000e+00, 2.0227230e-03]),
                (
                    "lstm.0.weight_ih",
                    [-4.1236454e-02, 6.6102822e-02, -5.5698435e-04, 1.4036788e-03]
                ),
                ("lstm.0.weight_hh", [2.2701352e-03, 1.6772892e-02, 8.8120067e-06, 1.8193477e-04]),
                ("lstm.0.bias", [2.7807071e-02, 3.4245978e-02, 1.5050235e-03, -1.9924742e-04]),
                (
                    "lstm.1.weight_ih",
                    [-2.5196155e-03, 1.4796960e-01, 1.2526196e-03, 2.3151066e-03]
                ),
                (
                    "lstm.1.weight_hh",
                    [-4.2604318e-02, 2.1177876e-01, 5.7853298e-04, 2.9342970e-03]
                ),
                ("lstm.1.bias", [4.3942221e-02, 8.2186888e-02, 3.3978233e-03, 2.6541775e-04]),
                (
                    "classifier.hidden.weight",
                    [-8.2714939e-01, 1.2400862e+00, 1.7655048e-02, -1.2346011e-02]
                ),
                (
                    "classifier.hidden.bias",
                    [3.4969426e-01, 3.4969426e-01, 1.2352205e-01, 3.8633862e-02]
                ),
                (
                    "classifier.output.weight",
                    [1.5959456e-16, 7.9553256e-01, 8.8343519e-02, 2.1626851e-03]
                ),
                (
                    "classifier.output.bias",
                    [8.3266727e-17, 3.6106391e-01, 1.5446795e-01, 2.6064003e-02]
                ),
            ]),
    ]
}
