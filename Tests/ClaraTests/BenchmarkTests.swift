import Clara
import Foundation
import Networks
import PublishedBenchmarks
import TestSupport
import Testing
import Training

@Suite struct BenchmarkTests {
    private static let recipe = """
        [network]
        embedding = 8
        hidden = 12
        layers = 2
        context-output = true
        [schedule]
        rate = 0.02
        warmup = 2
        [training]
        steps = 60
        batch = 4
        window = 24
        validate-every = 5
        keep = "best"
        """

    /// A few frames of a scale in chords, from several degrees.
    private static func frames(_ count: Int) -> String {
        let scale = [60, 62, 64, 65, 67, 69, 71, 72]
        let pieces = (0..<count).map { piece in
            (0..<20).map { step in
                let degree = (piece + step / 2) % 6
                return step % 7 == 3 ? [] : [scale[degree] - 12, scale[degree], scale[degree + 2]]
            }
        }
        return "\(pieces)"
    }

    private static func chorales(_ count: Int) -> String {
        let pieces = (0..<count).map { piece in
            (0..<16).map { step in [72, 67, 60, 48].map { $0 + (piece + step / 4) % 3 } }
        }
        return "\(pieces)"
    }

    private static func folder(_ benchmark: PublishedBenchmark) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let text = benchmark == .frames ? frames : chorales
        let json = "{\"train\": \(text(9)), \"valid\": \(text(3)), \"test\": \(text(4))}"
        try folder.write(json, to: "data.json")
        try folder.write("benchmark = \"\(benchmark.rawValue)\"\n\(recipe)", to: "recipe.toml")
        return folder
    }

    private static func train(
        _ benchmark: PublishedBenchmark, in folder: TemporaryFolder, seed: Int? = nil,
        output: String = "model.safetensors", resuming: Bool = false,
        shouldStop: () -> Bool = { false }
    ) throws -> BenchmarkTraining.Outcome {
        try BenchmarkTraining(
            benchmark,
            recipe: BenchmarkRecipe(
                contentsOf: folder.file("recipe.toml"), for: benchmark, seed: seed),
            data: folder.file("data.json"), output: folder.file(output), resuming: resuming
        ).run(shouldStop: shouldStop)
    }

    private static func measure(
        _ benchmark: PublishedBenchmark, _ models: [String], in folder: TemporaryFolder,
        split: BenchmarkSplit
    ) throws -> BenchmarkEvaluation.Outcome {
        try BenchmarkEvaluation(
            benchmark, of: models.map { try BenchmarkModel(path: folder.file($0)) },
            on: folder.file("data.json"), split: split, anchors: split == .valid
        ).run()
    }

    @Test(arguments: PublishedBenchmark.allCases)
    func aTrainedModelIsMeasuredAsItWasValidated(benchmark: PublishedBenchmark) throws {
        let folder = try Self.folder(benchmark)
        let outcome = try Self.train(benchmark, in: folder)
        let provenance = try #require(outcome.provenance)
        let valid = try Self.measure(benchmark, ["model.safetensors"], in: folder, split: .valid)
        let figures = try #require(valid.figures)
        // The file's weights are rounded to 16 bits.
        #expect(abs(figures.nats - provenance.validNats) < 0.01 * figures.nats)
        #expect(valid.isTheirData && figures.units == (benchmark == .frames ? 60 : 3 * 16 * 4))
        #expect(figures.nats < valid.anchors[0].nats, "it has learned more than to count")
        let test = try Self.measure(benchmark, ["model.safetensors"], in: folder, split: .test)
        #expect(test.figures?.pieces == 4)
        #expect(test.anchors.isEmpty, "nobody asked")
    }

    @Test func aRunMayBeginWithAModelsWeights() throws {
        let folder = try Self.folder(.frames)
        let first = try #require(try Self.train(.frames, in: folder).provenance)
        let path = folder.file("model.safetensors")
        func train(_ recipe: String) throws -> BenchmarkProvenance? {
            try folder.write("benchmark = \"frames\"\n\(recipe)", to: "later.toml")
            return try BenchmarkTraining(
                .frames,
                recipe: BenchmarkRecipe(contentsOf: folder.file("later.toml"), for: .frames),
                data: folder.file("data.json"), from: BenchmarkModel(path: path),
                output: folder.file("later.safetensors"), resuming: false
            ).run().provenance
        }
        let later = try #require(try train(Self.recipe))
        #expect(later.validNats < 0.98 * first.validNats)
        #expect(later.ancestor == (try BenchmarkModel(path: path)).hash && first.ancestor == nil)
        let error = #expect(throws: BenchmarkError.self) {
            _ = try train(Self.recipe.replacing("hidden = 12", with: "hidden = 13"))
        }
        #expect(error == .otherNetwork(model: path))
    }

    /// Two stages of the one recipe.
    private static func stages(
        in folder: TemporaryFolder, output: String = "both.safetensors", resuming: Bool = false
    ) throws -> BenchmarkStages {
        let recipe = try BenchmarkRecipe(contentsOf: folder.file("recipe.toml"), for: .frames)
        return try BenchmarkStages(
            .frames, recipes: [recipe, recipe], data: folder.file("data.json"),
            output: folder.file(output), resuming: resuming)
    }

    @Test func aStageThatWasStoppedGoesOn() throws {
        let folder = try Self.folder(.frames)
        _ = try Self.stages(in: folder, output: "whole.safetensors").run()
        var stage = 0
        let stopped = try Self.stages(in: folder).run(
            shouldStop: { stage == 2 },
            onEvent: { if case .stage(let number, _, _) = $0 { stage = number } })
        guard case .stopped(folder.file("both.safetensors.checkpoint")) = stopped else {
            Issue.record("\(stopped)")
            return
        }
        #expect(throws: TrainingRunError.self) { _ = try Self.stages(in: folder).run() }
        _ = try Self.stages(in: folder, resuming: true).run()
        let bytes = try ["whole", "both"].map {
            try Data(contentsOf: URL(fileURLWithPath: folder.file("\($0).safetensors")))
        }
        #expect(bytes[0] == bytes[1])
        try FileManager.default.removeItem(atPath: folder.file("both-stage-1.safetensors"))
        let missing = folder.file("both-stage-1.safetensors")
        #expect(throws: TrainingRunError.missingStage(model: missing)) {
            _ = try Self.stages(in: folder, resuming: true).run()
        }
    }

    /// Nor does it as a run that began with another model.
    @Test func aCheckpointOfRandomWeightsGoesOnAsNoStage() throws {
        let folder = try Self.folder(.frames)
        _ = try Self.train(.frames, in: folder, output: "both-stage-1.safetensors")
        let stopped = try Self.train(
            .frames, in: folder, output: "both.safetensors", shouldStop: { true })
        #expect(stopped.provenance == nil)
        let error = #expect(throws: TrainingError.self) {
            _ = try Self.stages(in: folder, resuming: true).run()
        }
        #expect(error?.description.contains("another model to begin with") == true)
    }

    @Test func whereTheLastStageCannotBeWrittenNoneIsTrained() throws {
        let folder = try Self.folder(.frames)
        try folder.write("", to: "both.safetensors/a folder")
        #expect(throws: OutputError.self) { _ = try Self.stages(in: folder).run() }
        #expect(!folder.contents.contains("both-stage-1.safetensors"))
    }

    @Test func severalModelsAreMeasuredByTheMeanOfTheirProbabilities() throws {
        let folder = try Self.folder(.frames)
        for seed in 1...2 {
            _ = try Self.train(.frames, in: folder, seed: seed, output: "\(seed).safetensors")
        }
        func nats(_ models: [String]) throws -> Double {
            let outcome = try Self.measure(.frames, models, in: folder, split: .test)
            #expect(outcome.ofEach.count == models.count)
            return try #require(outcome.figures).nats
        }
        let (first, second) = (try nats(["1.safetensors"]), try nats(["2.safetensors"]))
        #expect(first != second)
        // By Jensen's inequality the mean loses less than its members on the average.
        #expect(try nats(["1.safetensors", "2.safetensors"]) < (first + second) / 2)
        #expect(abs(try nats(["1.safetensors", "1.safetensors"]) - first) < 1e-5)
    }

    @Test(arguments: PublishedBenchmark.allCases)
    func inAllKeysTheMeanOfTheProbabilitiesIsMeasured(benchmark: PublishedBenchmark) throws {
        let folder = try Self.folder(benchmark)
        _ = try Self.train(benchmark, in: folder)
        let model = try BenchmarkModel(path: folder.file("model.safetensors"))
        let data = folder.file("data.json")
        var shares: [Double] = []
        let figures = try BenchmarkEvaluation(
            benchmark, of: [model], on: data, split: .test, inAllKeys: true
        ).run { shares.append($0) }.figures
        let mean = try #require(figures).nats
        #expect(shares.allSatisfy { (0...1).contains($0) } && shares.last == 1)

        let side = try BenchmarkSide(BenchmarkFile(path: data, of: benchmark), split: .test)
        let scorer = PieceScorer(
            LanguageModel(
                configuration: model.network, weights: try model.weights(), steps: 16, streams: 2))
        let losses = Transposition.shifts.map {
            scorer.tokenLosses(of: side.source(shifts: [$0])).joined().map(Double.init)
        }
        let expected = losses[0].indices.reduce(0.0) { sum, token in
            sum - log(losses.reduce(0) { $0 + exp(-$1[token]) } / 12)
        }
        #expect(abs(mean - expected / Double(side.unitCount)) < 1e-4 * mean)
    }

    @Test(arguments: PublishedBenchmark.allCases)
    func dynamicEvaluationStandsBesideThePlainFigure(benchmark: PublishedBenchmark) throws {
        let folder = try Self.folder(benchmark)
        _ = try Self.train(benchmark, in: folder)
        let model = try BenchmarkModel(path: folder.file("model.safetensors"))
        func measure(rate: Float?) throws -> BenchmarkEvaluation.Outcome {
            try BenchmarkEvaluation(
                benchmark, of: [model], on: folder.file("data.json"), split: .test,
                dynamic: rate.map {
                    try BenchmarkEvaluation.Dynamic(segment: 8, rate: $0, decay: 0)
                }
            ).run()
        }
        let plain = try measure(rate: nil)
        #expect(plain.dynamic == nil)
        let (still, moving) = (try measure(rate: 0), try measure(rate: 0.01))
        #expect(still.figures == plain.figures && moving.figures == plain.figures)
        let nats = try #require(plain.figures).nats
        #expect(abs(try #require(still.dynamic).nats - nats) < 1e-4)
        #expect(abs(try #require(moving.dynamic).nats - nats) > 1e-3)
    }

    @Test func aStoppedRunGoesOnAndEndsAsAnUndisturbedOne() throws {
        let folder = try Self.folder(.chorales)
        _ = try Self.train(.chorales, in: folder, output: "whole.safetensors")
        let stopped = try Self.train(.chorales, in: folder, shouldStop: { true })
        #expect(stopped.provenance == nil)
        #expect(throws: TrainingRunError.self) { _ = try Self.train(.chorales, in: folder) }
        _ = try Self.train(.chorales, in: folder, resuming: true)
        let bytes = try ["whole", "model"].map {
            try Data(contentsOf: URL(fileURLWithPath: folder.file("\($0).safetensors")))
        }
        #expect(bytes[0] == bytes[1])
    }

    @Test func modelsOfAnotherBenchmarkAreRefused() throws {
        let folder = try Self.folder(.chorales)
        _ = try Self.train(.chorales, in: folder)
        let path = folder.file("model.safetensors")
        let error = #expect(throws: BenchmarkError.self) {
            _ = try Self.measure(.frames, ["model.safetensors"], in: folder, split: .test)
        }
        #expect(
            error?.description
                == "\(path): is a model for the benchmark chorales, not frames; use clara benchmark "
                + "chorales")
        let refused = #expect(throws: ModelError.self) { _ = try ModelBundle(path: path) }
        #expect(
            refused?.description
                == "\(path): is a model for a published benchmark (chorales), not a model that writes "
                + "music; clara benchmark chorales --model uses it")
        let voice = try TinyTraining.example.get().model
        #expect(
            throws: ModelError.otherUse(
                path: voice, is: .writing, not: "a model for a published benchmark")
        ) {
            _ = try BenchmarkModel(path: voice)
        }
    }

    /// A few hundred bytes that claim gigabytes: refused before any room is made.
    @Test func aModelWithoutItsWeightsIsRefused() throws {
        let folder = try Self.folder(.chorales)
        _ = try Self.train(.chorales, in: folder)
        var metadata = try SafetensorsFile(path: folder.file("model.safetensors")).metadata
        let sizes = try BenchmarkModel(path: folder.file("model.safetensors")).network
        let huge = try LSTMConfiguration(
            vocabulary: sizes.vocabulary, embedding: 8_192, hidden: 8_192, layers: 16,
            contexts: sizes.contexts)
        metadata["clara.network"] = try JSONEncoder.canonicalText(NetworkConfiguration.lstm(huge))
        let path = folder.file("hollow.safetensors")
        try SafetensorsFile.write([], metadata: metadata, to: path)
        let model = try BenchmarkModel(path: path)
        #expect(throws: SafetensorsError.missingTensor(path: path, name: "embedding.weight")) {
            try model.weights()
        }
    }

    /// Recipes, and what the error says after the file's name.
    @Test(arguments: [
        ("", "is no recipe for this benchmark: it has no benchmark = \"frames\""),
        (
            "benchmark = \"chorales\"",
            "is no recipe for this benchmark: it has no benchmark = \"frames\""
        ),
        (
            "benchmark = \"frames\"\nencoding = \"notewise-88-12\"",
            "encoding has no meaning for benchmark “frames”; leave it out, or name another kind"
        ),
        (
            "benchmark = \"frames\"\n[training]\nvalidation = 0.1",
            "training.validation has no meaning for benchmark “frames”; leave it out, or name "
                + "another kind"
        ),
        (
            "benchmark = \"frames\"\n[network]\nguesses = true",
            "network.guesses has no meaning for benchmark “frames”; leave it out, or name another kind"
        ),
        (
            "benchmark = \"frames\"\n[network]\npitch-classes = true",
            "network.pitch-classes has no meaning for benchmark “frames”; leave it out, or name "
                + "another kind"
        ),
        (
            "benchmark = \"frames\"\n[training]\nkeep = \"first\"",
            "training.keep is “first”, but must be “last” or “best”"
        ),
    ])
    func recipesForSomethingElseAreRefused(toml: String, text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(toml, to: "recipe.toml")
        let path = folder.file("recipe.toml")
        let error = #expect(throws: RecipeError.self) {
            _ = try BenchmarkRecipe(contentsOf: path, for: .frames)
        }
        #expect(error?.description == "\(path): \(text)")
    }

    @Test func recipesForBenchmarksTrainNoVoice() throws {
        let folder = try Self.folder(.frames)
        let error = #expect(throws: RecipeError.self) {
            _ = try Recipe(contentsOf: folder.file("recipe.toml"))
        }
        #expect(
            error?.problem == "is for a published benchmark: clara benchmark frames --train")
    }

    /// Each of them can be used, and its model has less than 12 MB as 16-bit floats.
    @Test(arguments: [
        ("frames-jsb", PublishedBenchmark.frames), ("frames-nottingham", .frames),
        ("frames-piano", .frames), ("chorales", .chorales), ("chorales-second", .chorales),
    ])
    func theShippedRecipesAreOfUse(name: String, benchmark: PublishedBenchmark) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("Recipes/\(name).toml").path
        let settings = try BenchmarkRecipe(contentsOf: path, for: benchmark).settings
        #expect(settings.keepsBest)
        let weights = settings.network.shapes.reduce(0) { $0 + $1.shape.reduce(1, *) }
        #expect(2 * weights < 11_900_000)
    }
}
