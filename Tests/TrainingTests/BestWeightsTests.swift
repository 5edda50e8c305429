import Networks
import TestSupport
import Testing
import Training

@Suite struct BestWeightsTests {
    private static func run(_ settings: TrainingSettings) throws -> (
        results: [Int: PieceScorer.Result], trainer: Trainer
    ) {
        try withTemporaryFolder { folder in
            var results: [Int: PieceScorer.Result] = [:]
            let trainer = try TrainerTests.trainer(settings, in: folder)
            #expect(
                try trainer.run(onEvent: {
                    if case .validated(let step, let result) = $0 { results[step] = result }
                }))
            return (results, trainer)
        }
    }

    /// At a rate at which the weights go to and fro, with and without an average.
    @Test(arguments: [WeightAveraging.none, .exponential(decay: 0.5)])
    func theWeightsThatValidateBestAreKept(average: WeightAveraging) throws {
        let settings = try TrainerTests.settings(
            schedule: .trapezoidal(TrapezoidalSchedule(rate: 0.3, warmup: 0, decay: 0)),
            average: average, length: .steps(100), keepsBest: true)
        let (results, trainer) = try Self.run(settings)
        #expect(results.keys.sorted() == [15, 30, 45, 60, 75, 90, 100], "the end is validated too")
        let best = try #require(results.min { $0.value.nats < $1.value.nats })
        #expect(best.key < 100, "else the test shows nothing")
        #expect(trainer.bestValidation?.step == best.key)
        #expect(trainer.validate() == best.value)
        // The kept weights are those that got the score.
        let model = LanguageModel(
            configuration: settings.network, weights: trainer.weights, steps: 16, streams: 4)
        let score = PieceScorer(model).score(ToyPieces(20, seed: 2))
        #expect(abs(score.nats - best.value.nats) < 1e-6 * score.nats)
    }

    @Test func withoutItTheLastWeightsStayAndTheEndIsNotValidated() throws {
        let (results, trainer) = try Self.run(
            TrainerTests.settings(length: .steps(40), keepsBest: false))
        #expect(results.keys.sorted() == [15, 30] && trainer.bestValidation == nil)
        #expect(Array(trainer.weights.buffer) == Array(trainer.model.weights.buffer))
    }
}
