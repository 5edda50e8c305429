import Foundation
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite struct TrainerTests {
    static func settings(
        rate: Float = 0.02, schedule: LearningRateSchedule? = nil,
        average: WeightAveraging = .none, length: TrainingSettings.Length = .steps(40),
        contexts: Bool = false, regularisation: Regularisation = .none, isJittered: Bool = false,
        network: NetworkConfiguration? = nil, keepsBest: Bool = false
    ) throws -> TrainingSettings {
        try TrainingSettings(
            network: network
                ?? .lstm(
                    LSTMConfiguration(
                        vocabulary: 6, embedding: 8, hidden: 12, layers: 2,
                        contexts: contexts ? PlaceContext.count : 0)),
            // So small that a few steps leave something to learn.
            embeddingRange: 0.1, regularisation: regularisation,
            optimiser: Adam.Settings(weightDecay: 0.01),
            schedule: schedule
                ?? .trapezoidal(TrapezoidalSchedule(rate: rate, warmup: 5, decay: 0.4)),
            average: average, length: length, streams: 4, steps: 16, isJittered: isJittered,
            clip: 1, seed: 3, validationInterval: 15, keepsBest: keepsBest)
    }

    static func trainer(
        _ settings: TrainingSettings, pieces: ToyPieces = ToyPieces(50, seed: 1), in folder: String,
        resuming: Bool = false, saveInterval: Double = 60
    ) throws -> Trainer {
        try Trainer(
            settings, training: pieces, validation: ToyPieces(20, seed: 2, context: pieces.context),
            checkpointPath: folder + "/checkpoint", resuming: resuming, saveInterval: saveInterval)
    }

    /// Runs until `step` steps are done; whether the run is over.
    static func run(_ trainer: Trainer, toStep step: Int) throws -> Bool {
        try trainer.run(shouldStop: { trainer.stepsDone >= step })
    }

    @Test func theLossFallsToTheSourcesEntropy() throws {
        try withTemporaryFolder { folder in
            let validation = ToyPieces(20, seed: 2)
            let trainer = try Self.trainer(
                Self.settings(length: .steps(300)), pieces: ToyPieces(200, seed: 1), in: folder)
            let before = trainer.validate()
            var measured: [Double] = []
            let isOver = try trainer.run(onEvent: {
                if case .validated(_, let result) = $0 { measured.append(result.natsPerToken) }
            })
            let after = trainer.validate()
            let entropy = validation.nats / Double(after.tokens)
            #expect(isOver && trainer.stepsDone == 300)
            #expect(abs(before.natsPerToken - log(6)) < 0.15)
            #expect(entropy > 0.65 && entropy < 0.8)
            #expect(after.natsPerToken > entropy - 0.02 && after.natsPerToken < entropy + 0.03)
            #expect(measured.count == 19 && measured[0] > measured[18])
        }
    }

    /// The number of threads is part of what decides the weights; jitter and dropout are not.
    @Test func theSameSeedAndThreadsGiveTheSameWeights() throws {
        let settings = try Self.settings(
            regularisation: Regularisation(input: 0.2, weight: 0.3), isJittered: true)
        let runs = try (0..<2).map { _ in
            try withTemporaryFolder { folder in
                let trainer = try Self.trainer(settings, in: folder)
                #expect(try trainer.run())
                return Array(trainer.model.weights.buffer)
            }
        }
        #expect(runs[0] == runs[1])
    }

    @Test func stoppingSavesAndFinishingCleansUp() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/checkpoint"
            let trainer = try Self.trainer(Self.settings(), in: folder)
            var saved: [Int] = []
            let isOver = try trainer.run(shouldStop: { trainer.stepsDone == 7 }) {
                if case .saved(let step) = $0 { saved.append(step) }
            }
            #expect(!isOver && saved == [7])
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(try Self.trainer(Self.settings(), in: folder, resuming: true).stepsDone == 7)
            #expect(try Self.trainer(Self.settings(), in: folder, resuming: false).stepsDone == 0)
            trainer.finish()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func aRunOfEpochsDealsThatMuch() throws {
        try withTemporaryFolder { folder in
            let pieces = ToyPieces(50, seed: 1)
            let tokens = pieces.pieces.reduce(0) { $0 + $1.count }
            let trainer = try Self.trainer(Self.settings(length: .epochs(2.5)), in: folder)
            var epochs = 0.0
            #expect(
                try trainer.run(onEvent: {
                    if case .progressed(let progress) = $0 { epochs = progress.epoch }
                }))
            #expect(trainer.stepsDone == tokens * 5 / 2 / 64)
            #expect(abs(epochs - 2.5) < 0.2)
        }
    }

    /// Each schedule, for the fall of each has to know how long the run is.
    @Test func aRunOfGivenSecondsEndsLowWhateverTheSchedule() throws {
        let schedules: [LearningRateSchedule] = [
            .trapezoidal(try TrapezoidalSchedule(rate: 0.02, warmup: 5, decay: 0.4)),
            .trapezoidal(try TrapezoidalSchedule(rate: 0.02, warmup: 0, decay: 1)),
            .oneCycle(try OneCycleSchedule(rate: 0.02)),
            .cosine(try CosineSchedule(rate: 0.02, warmup: 5)),
        ]
        for schedule in schedules {
            try withTemporaryFolder { folder in
                let trainer = try Self.trainer(
                    Self.settings(schedule: schedule, length: .seconds(0.2)), in: folder)
                var last: TrainingProgress?
                #expect(
                    try trainer.run(onEvent: {
                        if case .progressed(let progress) = $0 { last = progress }
                    }))
                #expect(last?.totalSteps == trainer.stepsDone && last?.share == 1)
                #expect((last?.learningRate ?? 1) < 0.004, "\(schedule)")
                #expect(trainer.stepsDone >= 5, "a run, also on a machine that is busy otherwise")
            }
        }
    }

    @Test func jitterDealsAsMuchInARunOfEpochs() throws {
        try withTemporaryFolder { folder in
            let trainer = try Self.trainer(
                Self.settings(length: .epochs(4), isJittered: true), in: folder)
            var epochs = 0.0
            #expect(
                try trainer.run(onEvent: {
                    if case .progressed(let progress) = $0 { epochs = progress.epoch }
                }))
            #expect(abs(epochs - 4) < 0.5)
        }
    }

    /// What a run does, without a trainer: windows of jittered lengths, the rate scaled by them, the
    /// schedule's rate and β1.
    @Test func stepsAreThoseOfItsParts() throws {
        let schedule = LearningRateSchedule.oneCycle(
            try OneCycleSchedule(rate: 0.05, momentum: .init()))
        let settings = try Self.settings(
            schedule: schedule, length: .steps(6), regularisation: Regularisation(hidden: 0.2),
            isJittered: true)
        let model = LanguageModel(
            configuration: settings.network,
            weights: settings.network.randomWeights(
                seed: settings.seed, embeddingRange: settings.embeddingRange),
            steps: settings.windows.most, streams: settings.streams,
            regularisation: settings.regularisation)
        let optimiser = Adam(settings.optimiser, for: model.weights)
        var streams = PieceStreams(ToyPieces(50, seed: 1), streams: 4, seed: settings.seed)
        var generator = SeededGenerator(seed: settings.seed, stream: 1 << 41)
        for step in 0..<6 {
            let window = streams.next(settings.windows.steps(at: step))
            _ = model.differentiate(window, using: &generator)
            let place = LearningRateSchedule.Place(step: step, of: 6)
            optimiser.update(
                model.weights, gradients: model.gradients, step: step + 1,
                rate: schedule.rate(at: place) * Float(window.inputs.count) / Float(4 * 16),
                clip: 1, beta1: schedule.beta1(at: place))
        }
        try withTemporaryFolder { folder in
            let trainer = try Self.trainer(settings, in: folder)
            #expect(try trainer.run())
            let largest = zip(Array(trainer.weights.buffer), Array(model.weights.buffer))
                .reduce(0) { max($0, abs($1.0 - $1.1)) }
            #expect(largest < 1e-6)
        }
    }

    // MARK: - Averages

    @Test func theAverageIsWhatIsValidated() throws {
        try withTemporaryFolder { folder in
            let settings = try Self.settings(average: .exponential(decay: 0.99))
            let trainer = try Self.trainer(settings, in: folder)
            _ = try Self.run(trainer, toStep: 20)
            let (present, average) = (
                Array(trainer.model.weights.buffer), Array(trainer.weights.buffer)
            )
            let found = trainer.validate()
            #expect(Array(trainer.model.weights.buffer) == present, "it is put back")
            #expect(Array(trainer.weights.buffer) == average && average != present)
            for index in average.indices {
                trainer.model.weights.buffer.base[index] = average[index]
            }
            let expected = PieceScorer(trainer.model).score(ToyPieces(20, seed: 2))
            #expect(found == expected)
        }
    }

    /// At a rate this high the weights go to and fro, and their mean is better than any of them.
    @Test func theTriggeredAverageIsBetterThanTheWeights() throws {
        try withTemporaryFolder { folder in
            let trainer = try Self.trainer(
                Self.settings(
                    schedule: .trapezoidal(TrapezoidalSchedule(rate: 0.3, warmup: 0, decay: 0)),
                    average: .triggered(patience: 2), length: .steps(300)), in: folder)
            #expect(try trainer.run())
            let present = PieceScorer(trainer.model).score(ToyPieces(20, seed: 2))
            #expect(trainer.weights !== trainer.model.weights, "the trigger was pulled")
            #expect(trainer.validate().nats < present.nats)
        }
    }

    @Test func validatingTellsHowFarItIs() throws {
        try withTemporaryFolder { folder in
            let trainer = try Self.trainer(Self.settings(length: .steps(31)), in: folder)
            var shares: [Int: [Double]] = [:]
            var validated: [Int] = []
            _ = try trainer.run(onEvent: {
                if case .validating(let step, let share) = $0 {
                    shares[step, default: []] += [share]
                }
                if case .validated(let step, _) = $0 { validated.append(step) }
            })
            #expect(validated == [15, 30] && shares.keys.sorted() == validated)
            for shares in shares.values {
                #expect(shares.count > 3 && shares == shares.sorted() && shares.last == 1)
            }
        }
    }
}
