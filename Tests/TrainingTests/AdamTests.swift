import Foundation
import Networks
import Tensors
import Testing
import Training

@Suite struct AdamTests {
    static let settings = Result {
        [
            try Adam.Settings(),
            try Adam.Settings(beta1: 0.8, beta2: 0.999, epsilon: 1e-6, weightDecay: 0.1),
            try Adam.Settings(kind: .adam, beta1: 0.7),
            try Adam.Settings(kind: .adam, beta1: 0.7, weightDecay: 0.1),
        ]
    }

    /// Two matrices, of which the first is an embedding, and two vectors.
    private static let shapes = [
        (name: "embedding.weight", shape: [3, 7]), (name: "lstm.0.weight_ih", shape: [2, 6]),
        (name: "lstm.0.bias", shape: [5]), (name: "norm.weight", shape: [4]),
    ]
    private static let decayed = 21..<33

    @Test(arguments: 0..<4, [Float(0.5), 1000])
    func followsThePlainReference(index: Int, clip: Float) throws {
        let settings = try Self.settings.get()[index]
        let (weights, gradients) = (ParameterSet(Self.shapes), ParameterSet(Self.shapes))
        var generator = SeededGenerator(seed: 1)
        for index in 0..<weights.count { weights.buffer.base[index] = generator.normal() }
        var expected = Array(weights.buffer).map { Double($0) }
        var moments = [(m: Double, v: Double)](repeating: (0, 0), count: weights.count)
        let optimiser = Adam(settings, for: weights)
        for step in 1...30 {
            for index in 0..<weights.count { gradients.buffer.base[index] = generator.normal() }
            let raw = Array(gradients.buffer).map { Double($0) }
            let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let found = optimiser.update(
                weights, gradients: gradients, step: step, rate: 0.01, clip: clip)
            #expect(abs(found - norm) < 1e-5 * norm)
            for index in 0..<weights.count {
                let decay = Self.decayed.contains(index) ? Double(settings.weightDecay) : 0
                let penalty = settings.kind == .adam ? decay * expected[index] : 0
                ReferenceKernels.adam(
                    weight: &expected[index], moments: &moments[index],
                    gradient: raw[index] * min(1, Double(clip) / norm) + penalty, step: step,
                    rate: 0.01, beta1: Double(settings.beta1), beta2: Double(settings.beta2),
                    epsilon: Double(settings.epsilon),
                    weightDecay: settings.kind == .adamW ? decay : 0)
            }
        }
        let largest = zip(Array(weights.buffer), expected).reduce(0) {
            max($0, abs(Double($1.0) - $1.1))
        }
        #expect(largest < 5e-6)
    }

    @Test func onlyTheLayersMatricesDecay() {
        let decayed = ParameterSet(
            Self.shapes + [(name: "context.weight", shape: [3, 7]), ("output.bias", [3])]
        ).tensors.filter(Adam.decays).map(\.name)
        #expect(decayed == ["lstm.0.weight_ih"])
    }

    /// With β1 = 0 the first step goes by the sign of the gradient, whatever its β1 is otherwise.
    @Test func aSchedulesBeta1TakesThePlaceOfTheSettings() throws {
        func weights(beta1: Float, scheduled: Float?) throws -> [Float] {
            let (weights, gradients) = (ParameterSet(Self.shapes), ParameterSet(Self.shapes))
            let optimiser = Adam(try Adam.Settings(beta1: beta1), for: weights)
            for step in 1...3 {
                for index in 0..<weights.count {
                    gradients.buffer.base[index] = Float(step * index % 7) - 3
                }
                optimiser.update(
                    weights, gradients: gradients, step: step, rate: 0.1, clip: 1,
                    beta1: scheduled)
            }
            return Array(weights.buffer)
        }
        let expected = try weights(beta1: 0.6, scheduled: nil)
        #expect(try weights(beta1: 0.9, scheduled: 0.6) == expected)
        #expect(try weights(beta1: 0.9, scheduled: nil) != expected)
    }

    @Test(arguments: [Float.nan, .infinity, 1e30])
    func gradientsWithoutAFiniteNormChangeNothing(bad: Float) throws {
        let (weights, gradients) = (ParameterSet(Self.shapes), ParameterSet(Self.shapes))
        gradients.buffer.fill(0.1)
        gradients.buffer.base[7] = bad
        let optimiser = Adam(try Adam.Settings(), for: weights)
        let norm = optimiser.update(weights, gradients: gradients, step: 1, rate: 0.1, clip: 1)
        #expect(!norm.isFinite)
        #expect(Array(weights.buffer).allSatisfy { $0 == 0 })
        #expect(Array(optimiser.moments.second.buffer).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [
        #"{"kind": "adam", "beta1": 1, "beta2": 0.9, "epsilon": 1, "weightDecay": 0}"#,
        #"{"kind": "adam", "beta1": 0, "beta2": -0.1, "epsilon": 1, "weightDecay": 0}"#,
        #"{"kind": "adamw", "beta1": 0, "beta2": 0.9, "epsilon": 0, "weightDecay": 0}"#,
        #"{"kind": "adamw", "beta1": 0, "beta2": 0.9, "epsilon": 1, "weightDecay": -1}"#,
    ])
    func numbersOutsideTheirRangesAreNotDecoded(json: String) {
        #expect(throws: InvalidSetting.self) {
            try JSONDecoder().decode(Adam.Settings.self, from: Data(json.utf8))
        }
    }
}
