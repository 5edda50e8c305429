import Clara
import Encodings
import Foundation
import Score
import TestSupport
import Testing

/// A critic of a tiny model's takes.
@Suite struct CriticTests {
    private struct Example: Sendable {
        let folder: TemporaryFolder
        let accuracy: Double
        let pieces: Int
        var model: String { folder.file("model.safetensors") }
        var critic: String { folder.file("critic.safetensors") }
    }

    private static let example = Result { try makeExample() }

    /// Pieces of 30 bars: room for prompts of 8 and continuations of 16.
    private static func makeExample() throws -> Example {
        let folder = try TemporaryFolder()
        for seed in 1...12 {
            try folder.write(
                GeneratedPieces.bytes(seed: seed, quarters: 120), to: "music/piece-\(seed).mid")
        }
        try folder.write(TinyTraining.recipe, to: "tiny.toml")
        _ = try TinyTraining.run(in: folder).run { _ in }
        let model = try ModelBundle(path: folder.file("model.safetensors"))
        let material = try ClassifierMaterial.people(
            in: [folder.file("music")], and: [model], prompts: 40, heldOut: 10)
        let outcome = try ClassifierTraining(
            of: material, from: model, settings: ClassifierTraining.Settings(epochs: 150)
        ).run(to: folder.file("critic.safetensors")) { _ in }
        let figures = try #require(outcome.evaluation).classifier
        return Example(folder: folder, accuracy: figures.accuracy, pieces: figures.pieces)
    }

    private let example: Example

    init() throws { example = try Self.example.get() }

    @Test func takesByAnUntrainedHandAreTold() {
        #expect(example.pieces == 20)
        #expect(example.accuracy > 0.9)
    }

    @Test func theCriticSaysWhichPassagesAreAPersons() throws {
        let bundle = try ClassifierBundle(path: example.critic, kind: .critic)
        let piece = GeneratedPieces.score(seed: 77, quarters: 96)
        let found = try PieceClassifier(bundle).classification(of: piece, named: "a piece")
        #expect(found.human > 0.5)
        #expect(found.passages.map(\.bars) == [1...8, 9...16, 17...24])
        #expect(found.humanPassages.allSatisfy { (0...1).contains($0.human) })
    }

    private func part(_ program: Int = 0, quarters: Int = 32) -> Part {
        let notes = GeneratedPieces.score(seed: 7, quarters: quarters).parts[0].notes
        return Part(program: program, notes: notes)
    }

    @Test func lessThanHalfAPassageIsNotJudged() throws {
        let critic = try PieceClassifier(ClassifierBundle(path: example.critic, kind: .critic))
        #expect(critic.leastBars == 4 && critic.leastNotes == 8)
        let enough = Score(parts: [part(quarters: 16)])
        #expect(try critic.judgement(of: enough, named: "x").passages.map(\.bars) == [1...4])
        let short = #expect(throws: ClassifyingError.self) {
            try critic.judgement(of: Score(parts: [part(quarters: 12)]), named: "x.mid")
        }
        #expect(short?.description.contains("(bars: 3, notes: ") == true)
        // Four bars with a note in the first and the last.
        let pair = [Ticks(0), Ticks(3 * 1920)].map { onset in
            Note(pitch: part().notes[0].pitch, onset: onset, duration: Ticks(480))
        }
        let sparse = #expect(throws: ClassifyingError.self) {
            try critic.judgement(of: Score(parts: [Part(notes: pair)]), named: "x.mid")
        }
        #expect(
            sparse?.description
                == "x.mid: is too short to be judged (bars: 4, notes: 2); give at least 4 bars with 8 "
                + "notes")
    }

    @Test func otherInstrumentsThanTheCriticLearntFromAreRemarked() throws {
        let critic = try PieceClassifier(ClassifierBundle(path: example.critic, kind: .critic))
        #expect(critic.remark(on: Score(parts: [part(), part(6)])) == nil)
        #expect(
            critic.remark(on: Score(parts: [part(40), part(), part(32), part(40)]))
                == "the critic learnt from music for a piano alone, but this is for Violin, Piano, "
                + "Acoustic Bass: its verdict means little")
        let silent = Part(program: 40, notes: [])
        let drums = Part(isDrums: true, notes: part().notes)
        #expect(critic.remark(on: Score(parts: [part(), silent, drums])) == nil)
    }

    @Test func takesThatTheCriticIsNoJudgeOfAreRemarked() throws {
        let bundle = try ClassifierBundle(path: example.critic, kind: .critic)
        let model = try ModelBundle(path: example.model)
        let duet = try RandomModel.make(NotewiseEncoding(NoteGrid(ensemble: .duet)))
        func remarks(_ ranker: TakeRanker, bars: Int = 8, by model: ModelBundle) -> [String] {
            ranker.remarks(on: [], ofBars: bars, by: model)
        }
        let ranker = try TakeRanker(critic: bundle)
        #expect(remarks(ranker, by: model).isEmpty)
        #expect(
            remarks(ranker, bars: 3, by: model).first?.contains("4 bars with 8 notes or more")
                == true)
        let short = try ContinuationSettings(
            length: .bars(1), takes: 16, sampling: .plain, seed: 3)
        let sparse = try Continuation(
            of: GeneratedPieces.score(seed: 5, quarters: 32), named: "a prompt", by: model,
            settings: short
        ).takes().filter { $0.notes < 8 }
        try #require(!sparse.isEmpty)
        #expect(ranker.remarks(on: sparse, ofBars: 8, by: model).count == 1)
        let ensemble = try #require(remarks(ranker, by: duet).first)
        #expect(ensemble.contains("writes for a melody instrument with piano"))
        let byLikelihood = try TakeRanker(critic: nil)
        #expect(remarks(byLikelihood, bars: 1, by: duet).isEmpty)
    }

    @Test func takesAreRankedByTheCriticOrByLikelihood() throws {
        let model = try ModelBundle(path: example.model)
        let settings = try ContinuationSettings(
            length: .bars(8), takes: 6, sampling: .plain, seed: 3)
        let takes = try Continuation(
            of: GeneratedPieces.score(seed: 5, quarters: 32), named: "a prompt", by: model,
            settings: settings
        ).takes()
        let bundle = try ClassifierBundle(path: example.critic, kind: .critic)
        let places = try TakeRanker(critic: bundle).places(of: takes)
        #expect(places.map(\.index).sorted() == Array(0..<6))
        let human = try places.map { try #require($0.humanProbability) }
        #expect(human == human.sorted(by: >))
        #expect(Set(human).count > 1)
        // The new music is judged, not the prompt.
        let best = takes[places[0].index]
        let alone = try PieceClassifier(bundle).classification(
            of: best.score, in: best.start..<best.end, named: "the best")
        #expect(abs(alone.human - human[0]) < 1e-12)
        let likely = try TakeRanker(critic: nil).places(of: takes)
        let logarithms = likely.map { takes[$0.index].logProbabilityPerNote }
        #expect(logarithms == logarithms.sorted(by: >))
        #expect(likely.allSatisfy { $0.humanProbability == nil })
    }

    @Test func piecesThatAreTooShortForPromptsAreRefused() throws {
        let folder = try TinyTraining.folderWithPieces()
        let material = try ClassifierMaterial.people(
            in: [folder.file("music")], and: [ModelBundle(path: example.model)], prompts: 40,
            heldOut: 10)
        let training = ClassifierTraining(
            of: material, from: try ModelBundle(path: example.model),
            settings: try ClassifierTraining.Settings())
        let error = ClassifyingError.noPieces(
            side: "to train on", data: [folder.file("music")])
        #expect(throws: error) { try training.run(to: folder.file("no.safetensors")) { _ in } }
    }

    @Test func musicWithoutHeldOutPiecesIsRefusedBeforeAnythingIsWritten() throws {
        let folder = try TemporaryFolder()
        for seed in 201...212 {
            try folder.write(
                GeneratedPieces.bytes(seed: seed, quarters: 120), to: "music/\(seed).mid")
        }
        let material = try ClassifierMaterial.people(
            in: [folder.file("music")], and: [ModelBundle(path: example.model)], prompts: 40,
            heldOut: 10)
        let bundle = try ClassifierBundle(path: example.critic, kind: .critic)
        let written = Collected<Int>()
        let error = ClassifyingError.noPieces(
            side: "to hold out", data: [folder.file("music")])
        #expect(throws: error) {
            try ClassifierEvaluation(of: bundle, on: material).run { event in
                if case .wrote(let count, _) = event { written.append(count) }
            }
        }
        #expect(written.values.isEmpty)
    }

    @Test(arguments: [
        (19, 10, 1), (100_001, 10, 1), (40, 0, 1), (40, 10, -1), (40, 10, 1 << 53), (40, 10, .max),
    ])
    func numbersOutsideTheirRangesAreRefused(prompts: Int, heldOut: Int, seed: Int) throws {
        let model = try ModelBundle(path: example.model)
        #expect(throws: OutOfRange.self) {
            try ClassifierMaterial.people(
                in: ["music"], and: [model], prompts: prompts, heldOut: heldOut, seed: seed)
        }
    }
}
