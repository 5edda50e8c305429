import Foundation
import Networks
import PublishedBenchmarks
import Training

/// Trains a model for a published benchmark: on its training split in twelve keys, validated on its
/// validation split as it stands. The use case behind `clara benchmark … --train`.
public struct BenchmarkTraining {
    /// What a run tells while it works.
    public enum Event: Sendable {
        case prepared(Preparation)
        case training(TrainingEvent)
    }

    /// What is trained on.
    public struct Preparation: Sendable {
        public struct Amount: Sendable {
            public let pieces: Int
            /// Frames, or tokens of the chorales.
            public let units: Int
            public let tokens: Int

            init(_ side: BenchmarkSide) {
                (pieces, units, tokens) = (side.pieceCount, side.unitCount, side.tokenCount)
            }
        }

        public let benchmark: PublishedBenchmark
        public let training: Amount
        public let validation: Amount
        public let weights: Int
        /// More than 0 when the run goes on from a checkpoint.
        public let stepsDone: Int
    }

    /// What came out.
    public struct Outcome: Sendable {
        /// Nil when the run was stopped before its end; its state is in the checkpoint.
        public let provenance: BenchmarkProvenance?
        public let checkpoint: String
    }

    private let benchmark: PublishedBenchmark
    private let recipe: BenchmarkRecipe
    private let data: String
    private let ancestor: BenchmarkModel?
    private let output: TrainingOutput
    private let resuming: Bool

    /// - Parameters:
    ///   - data: the benchmark's JSON file.
    ///   - ancestor: a model whose weights the run begins with, instead of random ones.
    ///   - output: where to write the model; the checkpoint is kept beside it.
    ///   - resuming: whether to go on from the checkpoint, if there is one. Without it a checkpoint
    ///     is an error, so that no run is lost by mistake.
    /// - Throws: `BenchmarkError` when the ancestor's network is not the recipe's.
    public init(
        _ benchmark: PublishedBenchmark, recipe: BenchmarkRecipe, data: String,
        from ancestor: BenchmarkModel? = nil, output: String, resuming: Bool
    ) throws(BenchmarkError) {
        if let ancestor, ancestor.network != recipe.settings.network {
            throw .otherNetwork(model: ancestor.path)
        }
        self.benchmark = benchmark
        self.recipe = recipe
        self.data = data
        self.ancestor = ancestor
        self.output = TrainingOutput(output)
        self.resuming = resuming
    }

    /// Trains to the end or until `shouldStop`, and writes the model.
    public func run(
        shouldStop: () -> Bool = { false }, onEvent: (Event) -> Void = { _ in }
    ) throws -> Outcome {
        let lock = try output.reserve(resuming: resuming)
        defer { withExtendedLifetime(lock) {} }
        let file = try BenchmarkFile(path: data, of: benchmark)
        let training = try BenchmarkSide(file, split: .train)
        let validation = try BenchmarkSide(file, split: .valid)
        let trainer = try Trainer(
            recipe.settings, from: ancestor?.weights(), of: ancestor?.hash,
            training: training.source(shifts: Transposition.allKeys),
            validation: validation.source(),
            checkpointPath: output.checkpoint, resuming: resuming)
        onEvent(
            .prepared(
                Preparation(
                    benchmark: benchmark, training: .init(training), validation: .init(validation),
                    weights: trainer.model.weights.count, stepsDone: trainer.stepsDone)))
        let isOver = try trainer.run(shouldStop: shouldStop) { onEvent(.training($0)) }
        guard isOver else { return Outcome(provenance: nil, checkpoint: output.checkpoint) }
        let result = trainer.validate {
            onEvent(.training(.validating(step: trainer.stepsDone, share: $0)))
        }
        let provenance = BenchmarkProvenance(
            data: URL(fileURLWithPath: data).lastPathComponent, dataHash: file.hash,
            pieces: training.pieceCount, steps: trainer.stepsDone,
            keptStep: trainer.bestValidation?.step ?? trainer.stepsDone,
            validNats: result.nats / Double(validation.unitCount), ancestor: ancestor?.hash,
            settings: recipe.settings)
        try BenchmarkModel.write(
            trainer.weights, for: benchmark, network: recipe.settings.network,
            provenance: provenance, to: output.path)
        trainer.finish()
        return Outcome(provenance: provenance, checkpoint: output.checkpoint)
    }
}
