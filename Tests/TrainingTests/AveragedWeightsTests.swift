import Foundation
import Networks
import Tensors
import Testing
import Training

@Suite struct AveragedWeightsTests {
    private static let shapes = [(name: "a", shape: [4, 5])]

    /// Weights after each of some steps, (steps, 20).
    private static func walk(_ steps: Int) -> [[Float]] {
        var generator = SeededGenerator(seed: 5)
        return (0..<steps).map { _ in (0..<20).map { _ in generator.normal() } }
    }

    private static func set(_ values: [Float]) -> ParameterSet {
        let set = ParameterSet(shapes)
        for (index, value) in values.enumerated() { set.buffer.base[index] = value }
        return set
    }

    private static func largestDifference(_ found: ParameterSet, _ expected: [Double]) -> Double {
        zip(Array(found.buffer), expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    }

    @Test(arguments: [Float(0), 0.5, 0.9, 0.999])
    func theMovingAverageIsTheWeightedMeanOfAllStepsSoFar(decay: Float) {
        let averaged = AveragedWeights(.exponential(decay: decay), for: Self.set([]))
        let walk = Self.walk(40)
        for (last, weights) in walk.enumerated() {
            averaged.update(from: Self.set(weights))
            var (sums, all) = ([Double](repeating: 0, count: 20), 0.0)
            for step in 0...last {
                let share = pow(Double(decay), Double(last - step))
                all += share
                for index in 0..<20 { sums[index] += share * Double(walk[step][index]) }
            }
            let found = averaged.weights(or: Self.set([]))
            #expect(Self.largestDifference(found, sums.map { $0 / all }) < 1e-5)
        }
    }

    @Test func theTriggeredAverageIsTheMeanSinceTheTrigger() throws {
        let averaged = AveragedWeights(.triggered(patience: 1), for: Self.set([]))
        let walk = Self.walk(30)
        for (step, weights) in walk.enumerated() {
            averaged.update(from: Self.set(weights))
            // Worse at the third validation, after 12 steps, than at the first.
            if step == 3 { averaged.noteValidation(natsPerToken: 1) }
            if step == 7 { averaged.noteValidation(natsPerToken: 2) }
            if step == 11 { averaged.noteValidation(natsPerToken: 1.5) }
            #expect(averaged.isOn == (step > 11))
        }
        let mean = (0..<20).map { index in
            walk[12...].reduce(0.0) { $0 + Double($1[index]) } / 18
        }
        let found = averaged.weights(or: Self.set([]))
        #expect(Self.largestDifference(found, mean) < 1e-5)
    }

    typealias Trigger = (patience: Int, validations: [Double], pulled: Int?)

    /// Merity's `val_loss > min(best_val_loss[:-nonmono])`, with more than `nonmono` of them; when it
    /// is pulled, counted from 1.
    static let triggers: [Trigger] = [
        (1, [3, 2, 1, 0.5, 0.4], nil), (1, [3, 4, 5], 3), (1, [3, 4, 2.9, 3.1], 4),
        (2, [3, 2, 4, 4], 4), (2, [3, 2, 2.5, 2.4, 2.3], 5), (2, [3, 2, 1, 1, 1, 1], nil),
        (5, [1, 9, 9, 9, 9], nil), (5, [1, 9, 9, 9, 9, 9], nil), (5, [1, 9, 9, 9, 9, 9, 9], 7),
    ]

    @Test(arguments: triggers)
    func theTriggerIsPulledWhenValidationHasNotImproved(
        patience: Int, validations: [Double], pulled expected: Int?
    ) {
        let averaged = AveragedWeights(.triggered(patience: patience), for: Self.set([]))
        var pulled: Int?
        for (index, nats) in validations.enumerated() {
            averaged.noteValidation(natsPerToken: nats)
            if averaged.state.isTriggered, pulled == nil { pulled = index + 1 }
        }
        #expect(pulled == expected)
    }

    @Test func exchangingTwiceChangesNothing() {
        let averaged = AveragedWeights(.exponential(decay: 0.5), for: Self.set([]))
        let walk = Self.walk(2)
        let weights = Self.set(walk[1])
        averaged.exchange(with: weights)
        #expect(Array(weights.buffer) == walk[1], "no average yet")
        averaged.update(from: Self.set(walk[0]))
        averaged.exchange(with: weights)
        #expect(Array(weights.buffer) == walk[0])
        averaged.exchange(with: weights)
        #expect(Array(weights.buffer) == walk[1])
        #expect(Array(averaged.weights(or: weights).buffer) == walk[0])
    }

    @Test func withoutAnAverageTheWeightsAreTheWeights() {
        let averaged = AveragedWeights(.none, for: Self.set([]))
        let weights = Self.set(Self.walk(1)[0])
        averaged.update(from: weights)
        averaged.noteValidation(natsPerToken: 1)
        #expect(averaged.weights(or: weights) === weights)
        #expect(averaged.average == nil && averaged.state == AveragedWeights.State())
    }

    @Test func statesThatCannotBeAreRefused() {
        func isAccepted(
            _ kind: WeightAveraging, _ change: (inout AveragedWeights.State) -> Void
        ) -> Bool {
            var state = AveragedWeights.State()
            change(&state)
            return AveragedWeights(kind, for: Self.set([])).restore(state)
        }
        let (moving, triggered) = (
            WeightAveraging.exponential(decay: 0.5), WeightAveraging.triggered(patience: 2)
        )
        for kind in [.none, moving, triggered] { #expect(isAccepted(kind) { _ in }) }
        #expect(!isAccepted(.none) { $0.count = 1 })
        #expect(isAccepted(moving) { $0.count = 1 } && !isAccepted(moving) { $0.count = -1 })
        #expect(!isAccepted(moving) { $0.isTriggered = true })
        #expect(!isAccepted(triggered) { $0.count = 1 })
        #expect(
            isAccepted(triggered) {
                $0.count = 1
                $0.isTriggered = true
            })
    }

    @Test func kindsComeBackFromJSONAndBadNumbersDoNot() throws {
        for kind in [WeightAveraging.none, .exponential(decay: 0.9), .triggered(patience: 5)] {
            let json = try JSONEncoder().encode(kind)
            #expect(try JSONDecoder().decode(WeightAveraging.self, from: json) == kind)
        }
        for json in [
            #"{"kind": "ema", "decay": 1}"#, #"{"kind": "nt-asgd", "patience": 0}"#,
        ] {
            #expect(throws: InvalidSetting.self) {
                try JSONDecoder().decode(WeightAveraging.self, from: Data(json.utf8))
            }
        }
    }
}
