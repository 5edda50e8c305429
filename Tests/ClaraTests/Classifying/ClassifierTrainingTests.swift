import Clara
import Foundation
import Library
import TestSupport
import Testing

/// Classifiers that grow out of a tiny language model.
@Suite struct ClassifierTrainingTests {
    /// Pieces by Haydn and Chopin, as it were, who differ in how often they strike; a library of them, and a model
    /// that was trained on them.
    private struct Example: Sendable {
        let folder: TemporaryFolder
        var model: String { folder.file("model.safetensors") }
        var music: String { folder.file("music") }

        func source() throws -> MusicSource {
            let library = try PieceLibrary(path: folder.file("library.sqlite"))
            return MusicSource(pieces: try library.pieces(), of: library, query: "")
        }
    }

    private static let example = Result { try makeExample() }

    private static func makeExample() throws -> Example {
        let folder = try TemporaryFolder()
        for seed in 1...20 {
            let score = GeneratedPieces.score(seed: seed, quarters: 32)
            try folder.write(MIDIFile.write(score), to: "music/Haydn/\(seed).mid")
            let slow = GeneratedPieces.score(seed: 100 + seed, quarters: 16).slower(by: 4)
            try folder.write(MIDIFile.write(slow), to: "music/Chopin/\(seed).mid")
        }
        try folder.write(TinyTraining.recipe, to: "tiny.toml")
        _ = try TinyTraining.run(in: folder).run { _ in }
        let broken = MIDIFile.write(GeneratedPieces.score(seed: 21, quarters: 32))
        try folder.write(broken, to: "music/Haydn/broken.mid")
        let library = try PieceLibrary(path: folder.file("library.sqlite"), making: true)
        _ = try Addition(of: [folder.file("music")], to: library)
            .run(at: Date(timeIntervalSince1970: 0))
        try folder.write("no music any more", to: "music/Haydn/broken.mid")
        return Example(folder: folder)
    }

    private let example: Example
    private let settings: ClassifierTraining.Settings

    init() throws {
        example = try Self.example.get()
        settings = try ClassifierTraining.Settings(epochs: 80, bars: 2)
    }

    private func train(
        _ material: ClassifierMaterial, to name: String,
        onEvent: @escaping @Sendable (ClassifierTraining.Event) -> Void = { _ in }
    ) throws -> (outcome: ClassifierEvaluation.Outcome, path: String) {
        let path = example.folder.file(name)
        let training = ClassifierTraining(
            of: material, from: try ModelBundle(path: example.model), settings: settings)
        let outcome = try training.run(to: path, onEvent: onEvent)
        return (try #require(outcome.evaluation), path)
    }

    @Test func composersWhoDifferAreToldApart() throws {
        let prepared = Collected<[String]>()
        let skipped = Collected<String>()
        let (outcome, path) = try train(
            try .composers(in: try example.source(), minimum: 5), to: "composers.safetensors"
        ) { event in
            guard case .prepared(let preparation) = event else { return }
            prepared.append(preparation.classes.map(\.name))
            for file in preparation.skipped { skipped.append(file.path) }
        }
        #expect(prepared.values == [["chopin", "haydn"]])
        #expect(skipped.values.count == 1 && skipped.values[0].hasSuffix("Haydn/broken.mid"))
        #expect(outcome.classifier.accuracy > 0.9)
        #expect(outcome.baseline.accuracy > 0.9)
        let held = try ModelBundle(path: example.model).provenance.validation.pieces
        #expect(outcome.classifier.pieces == held)
        let bundle = try ClassifierBundle(path: path, kind: .composer)
        #expect(bundle.classes == ["chopin", "haydn"])
        #expect(bundle.provenance.figures == outcome.classifier)
        let again = try ClassifierEvaluation(ofComposers: bundle, on: try example.source())
            .run { _ in }
        #expect(again.classifier.accuracy == outcome.classifier.accuracy)
        #expect(again.baseline == outcome.baseline)
        #expect(again.confusion.joined().reduce(0, +) == held)
        let classifier = try PieceClassifier(bundle)
        let slow = GeneratedPieces.score(seed: 999, quarters: 16).slower(by: 4)
        let found = try classifier.classification(of: slow, named: "new")
        #expect(found.ranking.first?.name == "chopin")
        #expect(abs(found.probabilities.reduce(0, +) - 1) < 1e-9)
    }

    @Test func whatTheLanguageModelHeldOutIsNotTrainedOn() throws {
        let heldOut = try ModelBundle(path: example.model).provenance.heldOut
        let (_, path) = try train(
            try .composers(in: try example.source(), minimum: 5), to: "held-out.safetensors")
        let bundle = try ClassifierBundle(path: path, kind: .composer)
        #expect(bundle.provenance.heldOut == heldOut.sorted())
        #expect(
            bundle.provenance.trained + bundle.provenance.calibrated + heldOut.count == 40)
    }

    @Test func namesThatAreNoComposersAreLeftOut() throws {
        let material = try ClassifierMaterial.composers(
            in: try example.source(), minimum: 5, leftOut: ["chopin"])
        let error = ClassifyingError.tooFewClasses(
            found: 1, minimum: 5, data: try example.source().names)
        #expect(throws: error) { try train(material, to: "none.safetensors") }
        #expect(!FileManager.default.fileExists(atPath: example.folder.file("none.safetensors")))
    }

    @Test func aStoppedTrainingWritesNothing() throws {
        let path = example.folder.file("stopped.safetensors")
        let outcome = try ClassifierTraining(
            of: try .composers(in: try example.source(), minimum: 5),
            from: try ModelBundle(path: example.model), settings: settings
        ).run(to: path, shouldStop: { true }) { _ in }
        #expect(outcome.evaluation == nil)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aClassifierIsNoOtherKindAndNoLanguageModel() throws {
        let (_, path) = try train(
            try .composers(in: try example.source(), minimum: 5), to: "kind.safetensors")
        let error = #expect(throws: ModelError.self) {
            try ClassifierBundle(path: path, kind: .critic)
        }
        #expect(
            error?.description
                == "\(path): is a classifier of another kind, composer, not critic; make one with "
                + "clara critique train")
        let noVoice = #expect(throws: ModelError.self) { try ModelBundle(path: path) }
        #expect(
            noVoice?.description
                == "\(path): is a classifier (of composers), not a model that writes music; clara "
                + "identify --classifier uses it")
        let noClassifier = #expect(throws: ModelError.self) {
            try ClassifierBundle(path: example.model, kind: .composer)
        }
        #expect(
            noClassifier?.description
                == "\(example.model): is a model that writes music, not a classifier; clara continue "
                + "--model uses it")
    }

    @Test func silenceHasNoComposer() throws {
        let (_, path) = try train(
            try .composers(in: try example.source(), minimum: 5), to: "silence.safetensors")
        let classifier = try PieceClassifier(try ClassifierBundle(path: path, kind: .composer))
        #expect(throws: ClassifyingError.noNotes(piece: "nothing.mid")) {
            try classifier.classification(of: Score(parts: []), named: "nothing.mid")
        }
    }

    @Test(arguments: [(0, 8, 1), (4, 0, 1), (4, 65, 1), (4, 8, -1)])
    func numbersOutsideTheirRangesAreRefused(epochs: Int, bars: Int, seed: Int) {
        #expect(throws: OutOfRange.self) {
            try ClassifierTraining.Settings(epochs: epochs, bars: bars, seed: seed)
        }
    }
}

extension Score {
    /// All times so many times as long.
    fileprivate func slower(by factor: Int) -> Score {
        Score(
            ticksPerQuarter: ticksPerQuarter,
            parts: parts.map { part in
                Part(
                    notes: part.notes.map {
                        Note(
                            pitch: $0.pitch, onset: Ticks($0.onset.count * factor),
                            duration: Ticks($0.duration.count * factor))
                    })
            })
    }
}
