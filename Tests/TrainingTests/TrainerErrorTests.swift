import Foundation
import Networks
import Tensors
import TestSupport
import Testing
import Training

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

    @Test func aTransformersLayerIsNamed() throws {
        try withTemporaryFolder { folder in
            let trainer = try TrainerTests.trainer(
                TrainerResumingTests.Kind.transformer.settings(), in: folder)
            _ = try TrainerTests.run(trainer, toStep: 2)
            trainer.model.carriedStates[1].fill(.infinity)
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            guard case .diverged(step: 3, let place, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(place == "the activations of transformer.1")
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
            guard case .diverged(let step, _, path) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let resumed = try TrainerTests.trainer(settings, in: folder, resuming: true)
            #expect(resumed.stepsDone == step - 1)
            #expect(Array(resumed.model.weights.buffer).allSatisfy { $0.isFinite })
        }
    }

    @Test func divergenceSaysWhereTheLastGoodStateIs() {
        let text =
            "training diverged at step 7: the weights of a.0.b are no finite numbers any more; try a "
            + "lower learning rate"
        #expect(
            "\(TrainingError.diverged(step: 7, place: "the weights of a.0.b", checkpoint: "a/b"))"
                == text + " (the last good state is in a/b)")
        #expect(
            "\(TrainingError.diverged(step: 7, place: "the weights of a.0.b", checkpoint: nil))"
                == text)
    }

    /// What is spoilt after the second step, and where the third finds it.
    enum Spoilt: CaseIterable, CustomTestStringConvertible {
        case weight, infiniteWeight, state, gradient

        var testDescription: String { "\(self)" }

        var place: String {
            switch self {
            case .weight: "the weights of lstm.0.bias"
            case .infiniteWeight: "the weights of output.bias"
            case .state: "the activations of lstm.1"
            case .gradient: "the gradients of lstm.1.bias"
            }
        }

        func spoil(_ model: LanguageModel) {
            func set(_ name: String, _ value: Float) {
                guard let tensor = model.weights.tensor(named: name) else { return }
                model.weights.values(of: tensor)[3] = value
            }
            switch self {
            case .weight:
                set("lstm.1.weight_hh", .nan)
                set("lstm.0.bias", .nan)
            case .infiniteWeight: set("output.bias", .infinity)
            case .state: model.carriedStates[3].fill(.nan)
            case .gradient: break
            }
        }
    }

    @Test(arguments: Spoilt.allCases)
    func divergenceNamesTheStepAndTheLayer(spoilt: Spoilt) throws {
        try withTemporaryFolder { folder in
            // A penalty whose gradients are too large for floats, of the last layer's features.
            let penalty = try Regularisation(activation: spoilt == .gradient ? 1e36 : 0)
            let settings = try TrainerTests.settings(regularisation: penalty)
            let trainer = try TrainerTests.trainer(settings, in: folder)
            let isPenalty = spoilt == .gradient
            if !isPenalty { _ = try TrainerTests.run(trainer, toStep: 2) }
            spoilt.spoil(trainer.model)
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            let expected = TrainingError.diverged(
                step: isPenalty ? 1 : 3, place: spoilt.place,
                checkpoint: isPenalty ? nil : folder + "/checkpoint")
            #expect(error == expected)
            if !isPenalty {
                let resumed = try TrainerTests.trainer(settings, in: folder, resuming: true)
                #expect(resumed.stepsDone == 2)
                #expect(try resumed.run())
            }
        }
    }

    @Test(arguments: [Float(1e20), 1e38], [0.0, 60])
    func divergenceBeforeTheFirstCheckpointNamesNone(rate: Float, saveInterval: Double) throws {
        try withTemporaryFolder { folder in
            let trainer = try TrainerTests.trainer(
                TrainerTests.settings(rate: rate), in: folder, saveInterval: saveInterval)
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            guard case .diverged(_, _, checkpoint: nil) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }
}
