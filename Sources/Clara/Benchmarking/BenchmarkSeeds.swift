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
        case training(BenchmarkStages.Event)
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
    private let runs: [BenchmarkStages]
    private let data: String
    private let output: OutputFile

    /// - Parameters:
    ///   - recipes: of each seed its stages' recipes in turn, as `BenchmarkStages` takes them; of at least one
    ///     seed, and of another one in each run.
    ///   - data: the benchmark's JSON file.
    ///   - ancestor: a model whose weights all runs begin with, instead of random ones.
    ///   - output: where to write the model that validates best; each run's own is written beside it,
    ///     with its seed in its name.
    ///   - resuming: whether to go on where an interrupted call stopped.
    /// - Throws: `BenchmarkError` when the networks of a run's stages are not alike.
    public init(
        _ benchmark: PublishedBenchmark, recipes: [[BenchmarkRecipe]], data: String,
        from ancestor: BenchmarkModel? = nil, output: String, resuming: Bool
    ) throws(BenchmarkError) {
        precondition(!recipes.isEmpty, "there is something to train")
        var runs: [BenchmarkStages] = []
        for stages in recipes {
            let ofSeed = TrainingOutput(output).marked("seed-\(stages[0].seed)").path
            runs.append(
                try BenchmarkStages(
                    benchmark, recipes: stages, data: data, from: ancestor, output: ofSeed,
                    resuming: resuming))
        }
        self.benchmark = benchmark
        self.runs = runs
        self.data = data
        self.output = OutputFile(output)
    }

    /// Trains to the end or until `shouldStop`, measures, and writes the models.
    public func run(
        shouldStop: () -> Bool = { false }, onEvent: (Event) -> Void = { _ in }
    ) throws -> Outcome {
        try output.check(isOf: .model)
        // Before hours of training.
        let before = try runs.map { try $0.finished() }
        var models: [BenchmarkModel] = []
        for (run, former) in zip(runs, before) {
            let isOver = former.count == run.stageCount
            onEvent(.seed(run.seed, isOver: isOver))
            if isOver {
                models += former.suffix(1)
                continue
            }
            switch try run.run(shouldStop: shouldStop, onEvent: { onEvent(.training($0)) }) {
            case .complete(let model): models.append(model)
            case .stopped(let checkpoint): return .stopped(checkpoint: checkpoint)
            }
        }
        let validation = try figures(of: models, .valid) { onEvent(.measuring($0 / 2)) }
        let test = try figures(of: models, .test) { onEvent(.measuring(0.5 + $0 / 2)) }
        let measured = models.indices.map {
            Run(model: models[$0], validation: validation[$0], test: test[$0])
        }
        let best =
            measured.indices.min {
                measured[$0].validation.nats < measured[$1].validation.nats
            } ?? 0
        try output.write(WholeFile.bytes(of: models[best].path, limit: .max - 1))
        return .complete(measured, kept: best)
    }

    private func figures(
        of models: [BenchmarkModel], _ split: BenchmarkSplit, progress: (Double) -> Void
    ) throws -> [BenchmarkFigures] {
        try BenchmarkEvaluation(benchmark, of: models, on: data, split: split)
            .run(progress: progress).ofEach
    }
}
