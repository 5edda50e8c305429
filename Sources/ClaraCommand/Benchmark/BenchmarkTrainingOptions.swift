import ArgumentParser
import Clara
import Foundation
import PublishedBenchmarks

/// How a model is trained for a published benchmark.
struct BenchmarkTrainingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The recipe, such as Recipes/frames-jsb.toml; given several times, stages, each from the "
                + "weights of the one before.", valueName: "file"))
    var recipe: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write the model to.", valueName: "model.safetensors"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "A model whose weights to begin with, instead of random ones.", valueName: "model"))
    var from: String?

    @Flag(help: "Go on from where an interrupted run has saved its state.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "How long to train, such as 90s, 30m or 2h, instead of the recipe's length; given once "
                + "for each stage.",
            valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var time: [TimeSpan] = []

    @Option(help: ArgumentHelp("A seed instead of the recipe's.", valueName: "number"))
    var seed: Int?

    @Option(
        help: ArgumentHelp(
            "Train so many models one after the other, each with the next seed and to a file of its "
                + "own beside the output, tell how far apart they are, and write the one that "
                + "validates best to the output (default: 1).",
            valueName: "count"))
    var seeds: Int?

    func checkGiven() throws {
        if recipe.isEmpty || output == nil {
            throw ValidationError("--train needs --recipe <file> and --output <model.safetensors>")
        }
        if !time.isEmpty, time.count != recipe.count {
            throw ValidationError(
                "\(recipe.count.of("stage")) cannot have \(time.count.of("time")): give --time once for "
                    + "each --recipe")
        }
        if let seeds, !(1...100).contains(seeds) {
            throw ValidationError("--seeds must be 1 to 100, not \(seeds)")
        }
    }

    func checkAbsent() throws {
        let isGiven =
            !recipe.isEmpty || output != nil || from != nil || resume || !time.isEmpty
            || seed != nil
            || seeds != nil
        if isGiven {
            throw ValidationError(
                "--recipe, --output, --from, --resume, --time, --seed and --seeds need --train")
        }
    }

    func run(_ benchmark: PublishedBenchmark, data: String, json: Bool) throws {
        guard let output else { return try checkGiven() }
        let ancestor = try from.map { try BenchmarkModel(path: ModelLocator.here.path(of: $0)) }
        let recipes = try recipes(for: benchmark)
        if recipes.count > 1 {
            let seeds = try BenchmarkSeeds(
                benchmark, recipes: recipes, data: data, from: ancestor, output: output,
                resuming: resume)
            try run(seeds, output: output, json: json)
        } else {
            let stages = try BenchmarkStages(
                benchmark, recipes: recipes[0], data: data, from: ancestor, output: output,
                resuming: resume)
            try run(stages, json: json)
        }
    }

    private func run(_ stages: BenchmarkStages, json: Bool) throws {
        let reporter = TrainingReporter(Terminal(), isQuiet: json)
        let outcome = try stages.run(
            shouldStop: { reporter.shouldStop }, onEvent: { reporter.show($0) })
        switch outcome {
        case .stopped(let checkpoint): try reporter.end(stoppedAt: checkpoint)
        case .complete(let model):
            try reporter.end(stoppedAt: nil)
            let result = try BenchmarkTrainingResult(model)
            try Terminal().say(json ? result.jsonText() : result.summary)
        }
    }

    private func run(_ seeds: BenchmarkSeeds, output: String, json: Bool) throws {
        let reporter = TrainingReporter(Terminal(), isQuiet: json)
        let outcome = try seeds.run(
            shouldStop: { reporter.shouldStop }, onEvent: { reporter.show($0) })
        switch outcome {
        case .stopped(let checkpoint): try reporter.end(stoppedAt: checkpoint)
        case .complete(let runs, let kept):
            try reporter.end(stoppedAt: nil)
            let result = BenchmarkSeedsResult(runs, kept: kept, model: output)
            try Terminal().say(json ? result.jsonText() : result.summary)
        }
    }

    /// Of each seed, its stages'.
    private func recipes(for benchmark: PublishedBenchmark) throws -> [[BenchmarkRecipe]] {
        func stage(_ index: Int, seed: Int?) throws -> BenchmarkRecipe {
            try BenchmarkRecipe(
                contentsOf: recipe[index], for: benchmark,
                seconds: time.isEmpty ? nil : time[index].seconds, seed: seed)
        }
        let first = try recipe.indices.map { try stage($0, seed: seed) }
        for stage in first where stage.seed > .max - (seeds ?? 1) {
            throw ValidationError(
                "there are not so many seeds after \(stage.seed); choose a lower one")
        }
        return try [first]
            + (1..<(seeds ?? 1)).map { run in
                try first.indices.map { try stage($0, seed: first[$0].seed + run) }
            }
    }
}
