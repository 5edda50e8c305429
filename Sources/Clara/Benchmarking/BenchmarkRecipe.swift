import PublishedBenchmarks
import Training

/// What to train for a published benchmark and how: a recipe whose `benchmark` names it. Its splits
/// are the benchmark's own.
public struct BenchmarkRecipe: Sendable {
    let path: String
    package let settings: TrainingSettings

    /// What decides random weights, the order of the pieces and dropout.
    public var seed: Int { Int(settings.seed) }

    /// - Parameters:
    ///   - path: a TOML file.
    ///   - seconds: training time instead of the recipe's length.
    ///   - seed: instead of the recipe's.
    public init(
        contentsOf path: String, for benchmark: PublishedBenchmark, seconds: Double? = nil,
        seed: Int? = nil
    ) throws(RecipeError) {
        self.path = path
        var file = try RecipeFile(toml: RecipeFile.text(of: path), named: path)
        guard file.benchmark == benchmark.rawValue else {
            throw RecipeError(
                recipe: path,
                problem: "is no recipe for this benchmark: it has no "
                    + "benchmark = \"\(benchmark.rawValue)\"")
        }
        file.training.seed = seed ?? file.training.seed
        let sizes = benchmark.sizes
        do {
            try MisplacedKey.refuse(
                [
                    "encoding": file.encoding, "styles": file.styles,
                    "training.validation": file.training.validation,
                    "network.contexts": file.network.contexts,
                    "network.intervals": file.network.intervals,
                    "network.harmony": file.network.harmony,
                    "network.pitch-classes": file.network.pitchClasses,
                    "network.guesses": file.network.guesses,
                ],
                forBenchmark: benchmark.rawValue)
            settings = try file.settings(
                vocabulary: sizes.vocabulary, contexts: sizes.contexts, scores: nil,
                seconds: seconds)
        } catch {
            throw RecipeError(recipe: path, problem: "\(error)")
        }
    }
}
