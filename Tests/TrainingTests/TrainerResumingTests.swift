import Foundation
import Networks
import TestSupport
import Testing
import Training

@Suite struct TrainerResumingTests {
    /// Runs whose checkpoints must hold something of their own, besides weights and moments.
    enum Kind: CaseIterable, CustomTestStringConvertible {
        case plain, contexts, jitter, movingAverage, triggeredAverage, oneCycle, best, transformer

        var testDescription: String { "\(self)" }

        /// Where the run is interrupted. The trigger is pulled after step 60.
        var stops: [Int] {
            switch self {
            case .triggeredAverage: [15, 37, 60, 61, 80]
            case .best: [15, 16, 80]
            default: [1, 13, 15, 31, 38]
            }
        }

        func settings() throws -> TrainingSettings {
            let everything = try Regularisation(
                embedding: 0.1, input: 0.2, hidden: 0.2, output: 0.2, weight: 0.3, activation: 2,
                temporalActivation: 1)
            return switch self {
            case .plain: try TrainerTests.settings()
            case .contexts:
                try TrainerTests.settings(contexts: true, regularisation: everything)
            case .jitter:
                try TrainerTests.settings(regularisation: everything, isJittered: true)
            case .movingAverage: try TrainerTests.settings(average: .exponential(decay: 0.9))
            case .triggeredAverage:
                // At this rate the weights go to and fro.
                try TrainerTests.settings(
                    schedule: .trapezoidal(TrapezoidalSchedule(rate: 0.3, warmup: 0, decay: 0)),
                    average: .triggered(patience: 1), length: .steps(120))
            case .best:
                // At this rate the last weights are not the best.
                try TrainerTests.settings(
                    schedule: .trapezoidal(TrapezoidalSchedule(rate: 0.3, warmup: 0, decay: 0)),
                    length: .steps(100), keepsBest: true)
            case .transformer:
                // Attention reaches back over windows whose keys and values are in the checkpoint.
                try TrainerTests.settings(
                    rate: 0.003, regularisation: Regularisation(input: 0.1, hidden: 0.2),
                    isJittered: true,
                    network: .transformer(
                        TransformerConfiguration(
                            vocabulary: 6, embedding: 8, layers: 2, heads: 2, feedForward: 16,
                            window: 40)))
            case .oneCycle:
                try TrainerTests.settings(
                    schedule: .oneCycle(OneCycleSchedule(rate: 0.05, momentum: .init())))
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func aResumedRunEndsWithTheWeightsOfAnUndisturbedOne(kind: Kind) throws {
        let settings = try kind.settings()
        let pieces = ToyPieces(50, seed: 1, context: kind == .contexts ? PlaceContext() : nil)
        /// The weights, and what the run comes to.
        func values(_ trainer: Trainer) -> [[Float]] {
            [Array(trainer.model.weights.buffer), Array(trainer.weights.buffer)]
        }
        let undisturbed = try withTemporaryFolder { folder in
            let trainer = try TrainerTests.trainer(settings, pieces: pieces, in: folder)
            #expect(try trainer.run())
            return values(trainer)
        }
        let hasOthers = [.movingAverage, .triggeredAverage, .best].contains(kind)
        #expect((undisturbed[0] != undisturbed[1]) == hasOthers)
        try withTemporaryFolder { folder in
            for stop in kind.stops {
                let trainer = try TrainerTests.trainer(
                    settings, pieces: pieces, in: folder, resuming: true)
                #expect(try !TrainerTests.run(trainer, toStep: stop))
                #expect(trainer.stepsDone == stop)
            }
            let trainer = try TrainerTests.trainer(
                settings, pieces: pieces, in: folder, resuming: true)
            #expect(trainer.stepsDone == kind.stops.last)
            #expect(try trainer.run())
            #expect(values(trainer) == undisturbed)
        }
    }

    /// As after a kill: steps done since the last checkpoint are done again.
    @Test func aRunGoesOnFromAnOlderCheckpoint() throws {
        try withTemporaryFolder { folder in
            let settings = try TrainerTests.settings(regularisation: Regularisation(input: 0.2))
            let trainer = try TrainerTests.trainer(settings, in: folder, saveInterval: 0)
            let (path, kept) = (folder + "/checkpoint", folder + "/kept")
            #expect(
                try trainer.run(onEvent: {
                    if case .saved(step: 17) = $0 {
                        try? FileManager.default.copyItem(atPath: path, toPath: kept)
                    }
                }))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: kept, toPath: path)
            let resumed = try TrainerTests.trainer(settings, in: folder, resuming: true)
            #expect(resumed.stepsDone == 17)
            #expect(try resumed.run())
            #expect(Array(resumed.model.weights.buffer) == Array(trainer.model.weights.buffer))
        }
    }

    /// A run that is stopped in the midst of a validation does it when it is resumed.
    @Test func aStoppedValidationIsDoneAnew() throws {
        let settings = try Kind.triggeredAverage.settings()
        func validated(stopping: Bool) throws -> (results: [Int: Double], weights: [Float]) {
            try withTemporaryFolder { folder in
                var results: [Int: Double] = [:]
                var weights: [Float] = []
                for stop in stopping ? [15, 60, 1_000] : [1_000] {
                    let trainer = try TrainerTests.trainer(settings, in: folder, resuming: true)
                    var isInTheMidst = false
                    let isOver = try trainer.run(
                        shouldStop: { isInTheMidst },
                        onEvent: {
                            switch $0 {
                            case .validating(let step, let share):
                                isInTheMidst = step == stop && share > 0.3 && share < 1
                            case .validated(let step, let result):
                                #expect(results[step] == nil, "step \(step) twice")
                                results[step] = result.nats
                            default: break
                            }
                        })
                    #expect(isOver == (stop == 1_000) && trainer.stepsDone == min(stop, 120))
                    weights = Array(trainer.weights.buffer)
                }
                return (results, weights)
            }
        }
        let (undisturbed, stopped) = (try validated(stopping: false), try validated(stopping: true))
        #expect(stopped.results == undisturbed.results && undisturbed.results.count == 7)
        #expect(stopped.weights == undisturbed.weights)
    }
}
