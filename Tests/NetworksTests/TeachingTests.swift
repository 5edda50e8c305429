import Foundation
import Networks
import Tensors
import Testing

/// Targets that are in part what a teacher expects, and a teacher's expectations.
@Suite struct TeachingTests {
    private let plain = LSTMGradientTests.window
    private let configuration: LSTMConfiguration

    init() throws {
        configuration = try LSTMConfiguration(vocabulary: 7, embedding: 6, hidden: 9, layers: 2)
    }

    private func model() -> LanguageModel {
        LanguageModel(
            configuration: .lstm(configuration), weights: configuration.randomWeights(seed: 3),
            steps: 5, streams: 3)
    }

    private func gradients(of window: TokenWindow) -> [Float] {
        let model = model()
        var generator = SeededGenerator(seed: 1)
        _ = model.differentiate(window, using: &generator)
        return Array(model.gradients.buffer.elements)
    }

    /// The cross-entropy's gradient is linear in the targets.
    @Test func targetsAreInPartWhatIsExpected() {
        var other = plain
        other.targets = plain.targets.map { $0 < 0 ? $0 : ($0 + 1) % 7 }
        var taught = plain
        taught.teacherShare = 0.25
        taught.expectations = other.targets.flatMap { target in
            (0..<7).map { $0 == target ? 1 : target < 0 ? 0.2 : 0 }
        }
        let sides = zip(gradients(of: plain), gradients(of: other))
        let expected = sides.map { 0.75 * $0 + 0.25 * $1 }
        let found = gradients(of: taught)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(found != gradients(of: plain))
    }

    @Test func probabilitiesAreThoseThatAreScored() {
        let model = model()
        let probabilities = model.probabilities(plain)
        var nats = 0.0
        for (row, target) in plain.targets.enumerated() {
            let place = UnsafeBufferPointer(start: probabilities.base + 7 * row, count: 7)
            let sum = place.reduce(0, +)
            #expect(abs(sum - (target < 0 ? 0 : 1)) < 1e-5)
            if target >= 0 { nats -= log(Double(place[Int(target)])) }
        }
        #expect(abs(nats - self.model().score(plain)) < 1e-4)
    }
}
