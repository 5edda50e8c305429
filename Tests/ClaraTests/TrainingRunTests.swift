import Clara
import Encodings
import Foundation
import Library
import MIDIFile
import Score
import TestSupport
import Testing

@Suite struct TrainingRunTests {
    @Test func aStoppedRunEndsWithTheSameModel() throws {
        let folder = try TinyTraining.folderWithPieces()
        let stopped = try TinyTraining.run(in: folder).run(shouldStop: { true }) { _ in }
        #expect(stopped.provenance == nil)
        #expect(!folder.contents.contains("model.safetensors"))
        #expect(folder.contents.contains("model.safetensors.checkpoint"))
        let events = Collected<Int>()
        let ended = try TinyTraining.run(in: folder, resuming: true).run { event in
            if case .prepared(let preparation) = event { events.append(preparation.stepsDone) }
        }
        #expect(events.values == [1])
        #expect(ended.provenance?.steps == 12)
        #expect(!folder.contents.contains("model.safetensors.checkpoint"))
        let example = try TinyTraining.example.get()
        #expect(try weights(folder.file("model.safetensors")) == weights(example.model))
    }

    /// It is measured as it was validated, and goes on by the grammar all the same.
    @Test func aNetworkMaySeeTokensOnly() throws {
        let folder = try TinyTraining.folderWithPieces()
        try folder.write(
            TinyTraining.recipe.replacing(
                "[network]", with: "[network]\ncontexts = false"), to: "tiny.toml")
        let outcome = try TinyTraining.run(in: folder).run { _ in }
        let model = try ModelBundle(path: folder.file("model.safetensors"))
        let nats = try #require(outcome.provenance?.natsPerToken)
        let measured = try Evaluation(of: model, on: [folder.file("music")], side: .validation)
            .run().likelihood.natsPerToken
        #expect(abs(measured - nats) < 1e-3 * nats)
        let settings = try ContinuationSettings(
            length: .bars(2), takes: 1, sampling: .plain, seed: 1)
        let takes = try Continuation(composingIn: .common, by: model, settings: settings).takes()
        #expect(takes.count == 1)
    }

    @Test func aModelWritesForTheInstrumentsItLearntFrom() throws {
        let folder = try TemporaryFolder()
        // Flutes play more than the violin; a choir sings most, and counts for nothing.
        for (seed, melody) in [73, 73, 40, 52, 52, 52, 52].enumerated() {
            let notes = GeneratedPieces.score(seed: seed).parts[0].notes
            let parts = [melody, 6].map { Part(program: $0, notes: notes) }
            try folder.write(MIDIFile.write(Score(parts: parts)), to: "music/\(seed).mid")
        }
        try folder.write(
            TinyTraining.recipe.replacing("notewise-62-4", with: "notewise-duet-62-4")
                .replacing("validation = 0.3", with: "validation = 0"), to: "tiny.toml")
        _ = try TinyTraining.run(in: folder).run { _ in }
        let model = try ModelBundle(path: folder.file("model.safetensors"))
        #expect(model.provenance.programs == [73, 6])
        let settings = try ContinuationSettings(
            length: .bars(2), takes: 1, sampling: .plain, seed: 1)
        let continuation = try Continuation(composingIn: .common, by: model, settings: settings)
        let take = try continuation.takes()[0]
        #expect(take.score.parts.map(\.name) == ["Flute", "Harpsichord"])
        #expect(take.score.parts.map(\.program) == [73, 6])
        var told: Set<Int> = []
        try continuation.follow {
            false
        } report: { event in
            guard case .music(let notes, _, _, _) = event else { return }
            for case .new(let program) in notes.map(\.part) { told.insert(program) }
        }
        #expect(told == [73, 6])
        #expect(try TinyTraining.example.get().provenance.programs == [], "one piano")
    }

    @Test func stylesAreThoseOfALibraryWithEnoughPieces() throws {
        let folder = try TemporaryFolder()
        for seed in 1...12 {
            let composer = seed <= 5 ? "Chopin" : seed <= 10 ? "Haydn" : "Burgmüller"
            try folder.write(GeneratedPieces.bytes(seed: seed), to: "\(composer)/\(seed).mid")
        }
        try folder.write(
            TinyTraining.recipe.replacing("validation = 0.3", with: "validation = 0")
                + "\n[styles]\nminimum = 4\nperiods.romantic = [\"Chopin\", \"Burgmueller\"]\n",
            to: "styles.toml")
        let library = try PieceLibrary(path: folder.file("library.sqlite"), making: true)
        _ = try Addition(of: [folder.path], to: library).run(at: Date(timeIntervalSince1970: 0))
        let events = Collected<String>()
        let recipe = try Recipe(contentsOf: folder.file("styles.toml"))
        let run = TrainingRun(
            recipe: recipe, data: MusicSource(pieces: try library.pieces(), of: library, query: ""),
            output: folder.file("model.safetensors"), resuming: false)
        _ = try run.run { event in
            guard case .prepared(let preparation) = event else { return }
            for style in preparation.styles { events.append("\(style.name) \(style.pieces)") }
        }
        #expect(events.values == ["chopin 5", "haydn 5", "romantic 7"])
        let model = try ModelBundle(path: folder.file("model.safetensors"))
        #expect(model.encoding.styles == ["chopin", "haydn", "romantic"])
        let settings = try ContinuationSettings(
            length: .bars(1), takes: 1, sampling: .plain, seed: 1, style: "romantic")
        #expect(
            try Continuation(composingIn: .common, by: model, settings: settings).takes().count == 1
        )
        let plain = TrainingRun(
            recipe: recipe, data: [folder.file("Chopin")], output: folder.file("plain.safetensors"),
            resuming: false)
        #expect(throws: TrainingRunError.noStyles(minimum: 4)) { try plain.run { _ in } }
    }

    @Test func anInterruptedRunIsNotOverwritten() throws {
        let folder = try TinyTraining.folderWithPieces()
        _ = try TinyTraining.run(in: folder).run(shouldStop: { true }) { _ in }
        let before = try Data(contentsOf: URL(fileURLWithPath: checkpoint(folder)))
        let error = #expect(throws: TrainingRunError.self) {
            try TinyTraining.run(in: folder).run { _ in }
        }
        #expect(
            error?.description
                == "\(checkpoint(folder)): holds an interrupted run; go on with it by --resume, or "
                + "delete it to start anew")
        #expect(try Data(contentsOf: URL(fileURLWithPath: checkpoint(folder))) == before)
    }

    /// Before the first checkpoint and after it, by a run anew or by one that resumes.
    @Test(arguments: [false, true])
    func twoRunsDoNotTrainToOneOutput(resuming: Bool) throws {
        let folder = try TinyTraining.folderWithPieces(1...4)
        let errors = Collected<String>()
        let outcome = try TinyTraining.run(in: folder).run { event in
            let isBeginning = if case .reading(files: 1, of: _) = event { true } else { false }
            let isSaved = if case .training(.saved(step: 12)) = event { true } else { false }
            guard isBeginning || isSaved else { return }
            do {
                _ = try TinyTraining.run(in: folder, resuming: resuming).run { _ in }
                errors.append("none")
            } catch {
                errors.append("\(error)")
            }
        }
        let text =
            "\(folder.file("model.safetensors")): another run is training to it; wait until that has "
            + "ended, or write to another file"
        #expect(errors.values == [text, text])
        #expect(outcome.provenance?.steps == 12)
        #expect(folder.contents.filter { $0.hasPrefix("model") } == ["model.safetensors"])
        // And it may be trained to again.
        #expect(try TinyTraining.run(in: folder).run { _ in }.provenance?.steps == 12)
    }

    /// As after `kill -9`: the file is there, and nobody holds its lock.
    @Test func aLockThatNobodyHoldsIsTakenOver() throws {
        let folder = try TinyTraining.folderWithPieces(1...4)
        try folder.write("", to: "model.safetensors.lock")
        #expect(try TinyTraining.run(in: folder).run { _ in }.provenance?.steps == 12)
        #expect(!folder.contents.contains("model.safetensors.lock"))
    }

    @Test func theModelHoldsTheAveragedWeights() throws {
        let folder = try TinyTraining.folderWithPieces()
        let plain = try TinyTraining.recipe(
            adding: "[average]\nkind = \"ema\"\ndecay = 0.9", to: folder)
        let outcome = try TinyTraining.run(in: folder, recipe: plain).run { _ in }
        let example = try TinyTraining.example.get()
        let (averaged, present) = (
            try weights(folder.file("model.safetensors")), try weights(example.model)
        )
        #expect(averaged != present && averaged.count == present.count)
        // What is said of the model is said of the average.
        let bundle = try ModelBundle(path: folder.file("model.safetensors"))
        let found = try Evaluation(
            of: bundle, on: [folder.file("music")], side: .validation
        ).run().likelihood.natsPerToken
        let said = try #require(outcome.provenance?.natsPerToken)
        #expect(abs(found - said) < 1e-3 * said)
    }

    @Test func aFinishedRunIsNotResumed() throws {
        let example = try TinyTraining.example.get()
        let error = #expect(throws: TrainingRunError.self) {
            try TinyTraining.run(in: example.folder, resuming: true).run { _ in }
        }
        #expect(
            error?.description
                == "\(example.model): is trained to its end, so there is nothing to resume; leave out "
                + "--resume to train it anew")
    }

    @Test func resumingWithoutACheckpointStarts() throws {
        let folder = try TinyTraining.folderWithPieces(1...4)
        let outcome = try TinyTraining.run(in: folder, resuming: true).run { _ in }
        #expect(outcome.provenance?.steps == 12)
    }

    @Test func aPlaceThatCannotBeWrittenIsFoundBeforeTraining() throws {
        let folder = try TinyTraining.folderWithPieces(1...2)
        let before = folder.contents
        for (output, text) in [
            (
                "none/model",
                "cannot be written, because there is no folder \(folder.path)/none; make "
                    + "it, or choose another place"
            ),
            ("music", "is a folder; name a file in it"),
        ] {
            let error = #expect(throws: OutputError.self) {
                try TinyTraining.run(in: folder, output: output).run { _ in
                    Issue.record("something was done")
                }
            }
            #expect(error?.description == "\(folder.file(output)): \(text)")
        }
        #expect(folder.contents == before)
    }

    @Test func aRunWithoutMusicLeavesNothing() throws {
        let folder = try TinyTraining.folderWithPieces([])
        try folder.write("nothing", to: "music/a.mid")
        let before = folder.contents
        #expect(throws: CorpusError.self) { try TinyTraining.run(in: folder).run { _ in } }
        #expect(folder.contents == before)
    }

    /// Whichever side the split would have put it on.
    @Test(arguments: 1...6)
    func aSinglePieceIsTrainedOn(seed: Int) throws {
        let folder = try TinyTraining.folderWithPieces([seed])
        let provenance = try TinyTraining.run(in: folder).run { _ in }.provenance
        #expect(provenance?.training.pieces == 1)
        #expect(provenance?.validation.pieces == 0)
        #expect(provenance?.natsPerToken == nil)
        #expect(provenance?.heldOut == [])
    }

    private func checkpoint(_ folder: TemporaryFolder) -> String {
        folder.file("model.safetensors.checkpoint")
    }

    private func weights(_ path: String) throws -> [Float] {
        let weights = try ModelBundle(path: path).weights()
        return (0..<weights.count).map { weights.buffer.base[$0] }
    }
}
