import Files
import Foundation
import Measures
import PublishedBenchmarks

/// Trains models for a published benchmark that differ in their seeds alone, so that one sees how much
/// of a figure is chance, and keeps the one that validates best: the use case behind
/// `clara benchmark … --train --seeds`.
public struct BenchmarkSeeds {
    /// What it tells while it works.
    public enum Event: Sendable {
        /// A run begins, or was found to be over when going on.
        case seed(Int, isOver: Bool)
        case training(BenchmarkTraining.Event)
        /// All have been trained; the share of measuring that is done, 0…1.
        case measuring(Double)
    }

    /// A model that was trained, and its figures on the two splits.
    public struct Run: Sendable {
        public let model: BenchmarkModel
        public let validation: BenchmarkFigures
        public let test: BenchmarkFigures
    }

    /// How the figures of all runs lie on a split.
    public struct Spread: Encodable, Sendable {
        public let mean: Double
        /// Of the sample.
        public let standardDeviation: Double

        public init(_ values: [Double]) {
            mean = values.mean
            standardDeviation = values.sampleVariance.squareRoot()
        }
    }

    /// What came out.
    public enum Outcome: Sendable {
        /// In the order of their seeds; and which of them was kept.
        case complete([Run], kept: Int)
        /// It was stopped before its end; the state of the run that was stopped is in the checkpoint.
        case stopped(checkpoint: String)
    }

    private let benchmark: PublishedBenchmark
    private let recipes: [BenchmarkRecipe]
    private let data: String
    private let ancestor: BenchmarkModel?
    private let output: OutputFile
    private let resuming: Bool

    /// - Parameters:
    ///   - recipes: of different seeds, at least one.
    ///   - data: the benchmark's JSON file.
    ///   - ancestor: a model whose weights all runs begin with, instead of random ones.
    ///   - output: where to write the model that validates best; each run's own is written beside it,
    ///     with its seed in its name.
    ///   - resuming: whether to go on where an interrupted call stopped.
    public init(
        _ benchmark: PublishedBenchmark, recipes: [BenchmarkRecipe], data: String,
        from ancestor: BenchmarkModel? = nil, output: String, resuming: Bool
    ) {
        precondition(!recipes.isEmpty, "there is something to train")
        self.benchmark = benchmark
        self.recipes = recipes
        self.data = data
        self.ancestor = ancestor
        self.output = OutputFile(output)
        self.resuming = resuming
    }

    /// Trains to the end or until `shouldStop`, measures, and writes the models.
    public func run(
        shouldStop: () -> Bool = { false }, onEvent: (Event) -> Void = { _ in }
    ) throws -> Outcome {
        try output.check()
        // Before hours of training.
        let hash = try BenchmarkFile(path: data, of: benchmark).hash
        let before = try recipes.map { try finished($0, dataHash: hash) }
        var models: [BenchmarkModel] = []
        for (recipe, former) in zip(recipes, before) {
            if let model = former {
                onEvent(.seed(recipe.seed, isOver: true))
                models.append(model)
                continue
            }
            onEvent(.seed(recipe.seed, isOver: false))
            let path = path(ofSeed: recipe.seed)
            let outcome = try BenchmarkTraining(
                benchmark, recipe: recipe, data: data, from: ancestor, output: path,
                resuming: resuming
            ).run(shouldStop: shouldStop) { onEvent(.training($0)) }
            guard outcome.provenance != nil else {
                return .stopped(checkpoint: outcome.checkpoint)
            }
            models.append(try BenchmarkModel(path: path))
        }
        let validation = try figures(of: models, .valid) { onEvent(.measuring($0 / 2)) }
        let test = try figures(of: models, .test) { onEvent(.measuring(0.5 + $0 / 2)) }
        let runs = models.indices.map {
            Run(model: models[$0], validation: validation[$0], test: test[$0])
        }
        let best = runs.indices.min { runs[$0].validation.nats < runs[$1].validation.nats } ?? 0
        try output.write(WholeFile.bytes(of: models[best].path, limit: .max - 1))
        return .complete(runs, kept: best)
    }

    private func path(ofSeed seed: Int) -> String {
        let stem = (output.path as NSString).deletingPathExtension
        return "\(stem)-seed-\(seed).safetensors"
    }

    /// The model of a run that was over when this was interrupted.
    ///
    /// - Throws: `TrainingRunError` where something was interrupted and is not to be gone on with, or was
    ///   trained otherwise.
    private func finished(
        _ recipe: BenchmarkRecipe, dataHash: String
    ) throws -> BenchmarkModel? {
        let output = TrainingOutput(path(ofSeed: recipe.seed))
        switch (output.state, resuming) {
        case (.interrupted, false):
            throw TrainingRunError.interruptedRun(checkpoint: output.checkpoint)
        case (.finished, true): break
        default: return nil
        }
        let model = try BenchmarkModel(path: output.path)
        let provenance = model.provenance
        guard provenance.settings == recipe.settings, provenance.dataHash == dataHash,
            provenance.ancestor == ancestor?.hash
        else { throw TrainingRunError.trainedOtherwise(model: output.path) }
        return model
    }

    private func figures(
        of models: [BenchmarkModel], _ split: BenchmarkSplit, progress: (Double) -> Void
    ) throws -> [BenchmarkFigures] {
        try BenchmarkEvaluation(benchmark, of: models, on: data, split: split)
            .run(progress: progress).ofEach
    }
}
