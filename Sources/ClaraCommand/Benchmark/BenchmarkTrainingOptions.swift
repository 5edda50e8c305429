import ArgumentParser
import Clara
import Foundation
import PublishedBenchmarks

/// How a model is trained for a published benchmark.
struct BenchmarkTrainingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The recipe, such as Recipes/frames-jsb.toml.", valueName: "file"))
    var recipe: String?

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
            "How long to train, such as 90s, 30m or 2h, instead of the recipe's length.",
            valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var time: TimeSpan?

    @Option(help: ArgumentHelp("A seed instead of the recipe's.", valueName: "number"))
    var seed: Int?

    func checkGiven() throws {
        if recipe == nil || output == nil {
            throw ValidationError("--train needs --recipe <file> and --output <model.safetensors>")
        }
    }

    func checkAbsent() throws {
        let isGiven =
            recipe != nil || output != nil || from != nil || resume || time != nil || seed != nil
        if isGiven {
            throw ValidationError(
                "--recipe, --output, --from, --resume, --time and --seed need --train")
        }
    }

    func run(_ benchmark: PublishedBenchmark, data: String, json: Bool) throws {
        guard let recipe, let output else { return try checkGiven() }
        let training = try BenchmarkTraining(
            benchmark,
            recipe: BenchmarkRecipe(
                contentsOf: recipe, for: benchmark, seconds: time?.seconds, seed: seed),
            data: data,
            from: from.map { try BenchmarkModel(path: ModelLocator.here.path(of: $0)) },
            output: output, resuming: resume)
        let reporter = TrainingReporter(Terminal(), isQuiet: json)
        let stop = StopRequest { reporter.isStopping() }
        let outcome = try training.run(shouldStop: { stop.signal != nil }) { event in
            if case .prepared = event { stop.postpone() }
            reporter.show(event)
        }
        reporter.end()
        guard outcome.provenance != nil else {
            throw stop.farewell(checkpoint: outcome.checkpoint)
        }
        let result = try BenchmarkTrainingResult(BenchmarkModel(path: output))
        try Terminal().say(json ? result.jsonText() : result.summary)
    }
}
