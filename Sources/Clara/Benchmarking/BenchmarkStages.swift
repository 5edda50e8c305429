import PublishedBenchmarks
import Training

/// Trains a model for a published benchmark in stages: by one recipe after the other, each from the weights that
/// the one before came to. One recipe is one stage.
public struct BenchmarkStages {
    /// What it tells while it works.
    public enum Event: Sendable {
        /// One of several begins, the first as 1, or was found to be over when going on.
        case stage(Int, of: Int, isOver: Bool)
        case training(BenchmarkTraining.Event)
    }

    /// What came out.
    public enum Outcome: Sendable {
        case complete(BenchmarkModel)
        /// It was stopped before its end; the state of the stage that was stopped is in the checkpoint.
        case stopped(checkpoint: String)
    }

    private let benchmark: PublishedBenchmark
    private let recipes: [BenchmarkRecipe]
    private let data: String
    private let ancestor: BenchmarkModel?
    private let output: TrainingOutput
    private let resuming: Bool

    /// - Parameters:
    ///   - recipes: the stages' in turn, at least one.
    ///   - data: the benchmark's JSON file.
    ///   - ancestor: a model whose weights the first stage begins with, instead of random ones.
    ///   - output: where to write the last stage's model; the others' are written beside it, with their
    ///     numbers in their names.
    ///   - resuming: whether to go on where an interrupted call stopped.
    /// - Throws: `BenchmarkError` when the recipes' networks are not alike.
    public init(
        _ benchmark: PublishedBenchmark, recipes: [BenchmarkRecipe], data: String,
        from ancestor: BenchmarkModel? = nil, output: String, resuming: Bool
    ) throws(BenchmarkError) {
        precondition(!recipes.isEmpty, "there is something to train")
        for recipe in recipes where recipe.settings.network != recipes[0].settings.network {
            throw .otherStage(recipe: recipe.path, first: recipes[0].path)
        }
        self.benchmark = benchmark
        self.recipes = recipes
        self.data = data
        self.ancestor = ancestor
        self.output = TrainingOutput(output)
        self.resuming = resuming
    }

    /// What decides random weights, the order of the pieces and dropout.
    var seed: Int { recipes[0].seed }

    var stageCount: Int { recipes.count }

    /// Trains to the end or until `shouldStop`, and writes the models.
    ///
    /// - Throws: `TrainingRunError.finished` when there is nothing to go on with.
    public func run(
        shouldStop: () -> Bool = { false }, onEvent: (Event) -> Void = { _ in }
    ) throws -> Outcome {
        // Before hours of training.
        try OutputFile(output.path).check(isOf: .model)
        let before = try finished()
        if before.count == recipes.count { throw TrainingRunError.finished(model: output.path) }
        var latest = before.last ?? ancestor
        for (index, recipe) in recipes.enumerated() {
            let isOver = index < before.count
            if recipes.count > 1 {
                onEvent(.stage(index + 1, of: recipes.count, isOver: isOver))
            }
            if isOver { continue }
            let output = output(ofStage: index)
            let outcome = try BenchmarkTraining(
                benchmark, recipe: recipe, data: data, from: latest, output: output.path,
                resuming: output.state == .interrupted
            ).run(shouldStop: shouldStop) { onEvent(.training($0)) }
            guard outcome.provenance != nil else {
                return .stopped(checkpoint: outcome.checkpoint)
            }
            latest = try BenchmarkModel(path: output.path)
        }
        return .complete(try BenchmarkModel(path: output.path))
    }

    private func output(ofStage index: Int) -> TrainingOutput {
        index == recipes.count - 1 ? output : output.marked("stage-\(index + 1)")
    }

    /// The models of the stages that were over when an earlier call was interrupted; all of them where it was not.
    ///
    /// - Throws: `TrainingRunError` where something was interrupted and is not to be gone on with, or was
    ///   trained otherwise.
    func finished() throws -> [BenchmarkModel] {
        let outputs = recipes.indices.map(output(ofStage:))
        guard resuming else {
            if let interrupted = outputs.first(where: { $0.state == .interrupted }) {
                throw TrainingRunError.interruptedRun(checkpoint: interrupted.checkpoint)
            }
            return []
        }
        let hash = try BenchmarkFile(path: data, of: benchmark).hash
        var models: [BenchmarkModel] = []
        for (recipe, output) in zip(recipes, outputs) {
            guard output.state == .finished else {
                let hasLater = outputs.dropFirst(models.count + 1).contains { $0.state != .new }
                if output.state == .new, hasLater {
                    throw TrainingRunError.missingStage(model: output.path)
                }
                break
            }
            let model = try BenchmarkModel(path: output.path)
            let provenance = model.provenance
            guard provenance.settings == recipe.settings, provenance.dataHash == hash,
                provenance.ancestor == (models.last ?? ancestor)?.hash
            else { throw TrainingRunError.trainedOtherwise(model: output.path) }
            models.append(model)
        }
        return models
    }
}
