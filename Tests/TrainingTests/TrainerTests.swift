import Foundation
import Networks
import Tensors
import Testing
import Training

@Suite struct TrainerTests {
    static func settings(
        rate: Float = 0.02, length: TrainingSettings.Length = .steps(40), contexts: Bool = false,
        dropout: Float = 0
    ) throws -> TrainingSettings {
        TrainingSettings(
            network: .lstm(
                try LSTMConfiguration(
                    vocabulary: 6, embedding: 8, hidden: 12, layers: 2,
                    contexts: contexts ? PlaceContext.count : 0)),
            regularisation: try Regularisation(input: dropout, hidden: dropout, output: dropout),
            optimiser: AdamW.Settings(weightDecay: 0.01),
            schedule: TrapezoidalSchedule(rate: rate, warmup: 5, decay: 0.4), length: length,
            streams: 4, steps: 16, clip: 1, seed: 3, validationInterval: 15)
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

    /// With dropout, contexts and a changing learning rate: all that a checkpoint must hold.
    @Test(arguments: [false, true])
    func aResumedRunEndsWithTheWeightsOfAnUndisturbedOne(contexts: Bool) throws {
        let settings = try Self.settings(contexts: contexts, dropout: 0.3)
        let pieces = ToyPieces(50, seed: 1, context: contexts ? PlaceContext() : nil)
        let undisturbed = try withTemporaryFolder { folder in
            let trainer = try Self.trainer(settings, pieces: pieces, in: folder)
            #expect(try trainer.run())
            return Array(trainer.model.weights.buffer)
        }
        try withTemporaryFolder { folder in
            for stop in [1, 13, 15, 31] {
                let trainer = try Self.trainer(settings, pieces: pieces, in: folder, resuming: true)
                #expect(try !Self.run(trainer, toStep: stop))
                #expect(trainer.stepsDone == stop)
            }
            let trainer = try Self.trainer(settings, pieces: pieces, in: folder, resuming: true)
            #expect(trainer.stepsDone == 31)
            #expect(try trainer.run())
            #expect(Array(trainer.model.weights.buffer) == undisturbed)
        }
    }

    /// As after a kill: steps done since the last checkpoint are done again.
    @Test func aRunGoesOnFromAnOlderCheckpoint() throws {
        try withTemporaryFolder { folder in
            let settings = try Self.settings(dropout: 0.2)
            let trainer = try Self.trainer(settings, in: folder, saveInterval: 0)
            let (path, kept) = (folder + "/checkpoint", folder + "/kept")
            #expect(
                try trainer.run(onEvent: {
                    if case .saved(step: 17) = $0 {
                        try? FileManager.default.copyItem(atPath: path, toPath: kept)
                    }
                }))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: kept, toPath: path)
            let resumed = try Self.trainer(settings, in: folder, resuming: true)
            #expect(resumed.stepsDone == 17)
            #expect(try resumed.run())
            #expect(Array(resumed.model.weights.buffer) == Array(trainer.model.weights.buffer))
        }
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

    @Test func aRunOfGivenSecondsEnds() throws {
        try withTemporaryFolder { folder in
            let trainer = try Self.trainer(Self.settings(length: .seconds(0.05)), in: folder)
            var last: TrainingProgress?
            #expect(
                try trainer.run(onEvent: {
                    if case .progressed(let progress) = $0 { last = progress }
                }))
            #expect(last?.totalSteps == trainer.stepsDone && last?.share == 1)
            #expect((last?.learningRate ?? 1) < 0.02)
        }
    }

    @Test func aRunOfGivenSecondsThatIsAllFallUsesThem() throws {
        try withTemporaryFolder { folder in
            var settings = try Self.settings(length: .seconds(0.05))
            settings.schedule = TrapezoidalSchedule(rate: 0.02, warmup: 0, decay: 1)
            let trainer = try Self.trainer(settings, in: folder)
            #expect(try trainer.run())
            #expect(trainer.stepsDone >= 100, "a hundredth of the time takes one step at least")
        }
    }
}

@Suite struct TrainerErrorTests {
    private static func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func checkpointsOfOtherRunsAreRefused() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/checkpoint"
            let settings = try TrainerTests.settings()
            _ = try TrainerTests.run(TrainerTests.trainer(settings, in: folder), toStep: 1)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            func resuming(
                _ settings: TrainingSettings, _ pieces: ToyPieces = ToyPieces(50, seed: 1)
            ) -> String {
                Self.message {
                    _ = try TrainerTests.trainer(
                        settings, pieces: pieces, in: folder, resuming: true)
                }
            }
            let advice = "resume with the same settings and data, or delete it to start anew"
            let otherRecipe = "\(path): belongs to a run with another recipe; \(advice)"
            #expect(try resuming(TrainerTests.settings(rate: 0.01)) == otherRecipe)
            #expect(try resuming(TrainerTests.settings(length: .steps(41))) == otherRecipe)
            let otherPieces =
                "\(path): belongs to a run with another collection of pieces; \(advice)"
            #expect(resuming(settings, ToyPieces(50, seed: 9)) == otherPieces)
            #expect(resuming(settings, ToyPieces(51, seed: 1)) == otherPieces)
            // A refused checkpoint is left as it was.
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
            #expect(resuming(settings) == "no error")
            try bytes.dropLast(10).write(to: URL(fileURLWithPath: path))
            #expect(resuming(settings).contains("cut short"))
            try SafetensorsFile.write([], metadata: [:], to: path)
            #expect(
                resuming(settings) == "\(path): is not a checkpoint that training can resume from")
        }
    }

    /// Bytes changed at random in the header, where the run's state is: resumed or refused, no crash.
    @Test func damagedCheckpointsNeverCrash() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/checkpoint"
            let settings = try TrainerTests.settings()
            _ = try TrainerTests.run(TrainerTests.trainer(settings, in: folder), toStep: 3)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            let headerEnd = 8 + Int(whole[0]) + Int(whole[1]) << 8
            let digits = (8..<headerEnd).filter { (48...57).contains(whole[$0]) }
            var generator = SeededGenerator(seed: 8)
            var refused = 0
            for attempt in 0..<300 {
                var bytes = whole
                let places = attempt % 2 == 0 ? Array(8..<headerEnd) : digits
                for _ in 0..<2 {
                    let place = places[Int.random(in: 0..<places.count, using: &generator)]
                    bytes[place] =
                        Array("0123456789-,]}".utf8)[
                            Int.random(in: 0..<14, using: &generator)]
                }
                try bytes.write(to: URL(fileURLWithPath: path))
                let result = Self.message {
                    _ = try TrainerTests.trainer(settings, in: folder, resuming: true)
                }
                if result != "no error" { refused += 1 }
            }
            #expect(refused > 150)
        }
    }

    /// At these rates the loss, or first the gradients, exceed what floats can hold.
    @Test(arguments: [Float(1e12), 1e15, 1e18])
    func divergenceStopsTheRunAndKeepsTheLastGoodState(rate: Float) throws {
        try withTemporaryFolder { folder in
            let settings = try TrainerTests.settings(rate: rate)
            let trainer = try TrainerTests.trainer(settings, in: folder, saveInterval: 0)
            let path = folder + "/checkpoint"
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            guard case .diverged(let step, path) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let resumed = try TrainerTests.trainer(settings, in: folder, resuming: true)
            #expect(resumed.stepsDone == step - 1)
            #expect(Array(resumed.model.weights.buffer).allSatisfy { $0.isFinite })
        }
    }

    @Test func divergenceSaysWhereTheLastGoodStateIs() {
        #expect(
            "\(TrainingError.diverged(step: 7, checkpoint: "a/b"))"
                == "training diverged at step 7: the loss or its gradients are no finite numbers; "
                + "try a lower learning rate (the last good state is in a/b)")
        #expect(
            "\(TrainingError.diverged(step: 7, checkpoint: nil))"
                == "training diverged at step 7: the loss or its gradients are no finite numbers; "
                + "try a lower learning rate")
    }

    @Test(arguments: [Float(1e20), 1e38], [0.0, 60])
    func divergenceBeforeTheFirstCheckpointNamesNone(rate: Float, saveInterval: Double) throws {
        try withTemporaryFolder { folder in
            let trainer = try TrainerTests.trainer(
                TrainerTests.settings(rate: rate), in: folder, saveInterval: saveInterval)
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            guard case .diverged(_, checkpoint: nil) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }
}
