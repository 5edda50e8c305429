import ArgumentParser
import Clara
import PublishedBenchmarks

/// What all published benchmarks take: a model to measure, or a recipe to train.
struct BenchmarkOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The benchmark's JSON file.", valueName: "file.json"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "A model's file, or the name of one in Models/; given several times, the mean of their "
                + "probabilities is measured too.", valueName: "model"))
    var model: [String] = []

    @Option(
        help: ArgumentHelp(
            "The split to measure: train, valid or test (default: test).", valueName: "split"))
    var split: BenchmarkSplit?

    @Flag(help: "Print what counting alone gets; so it is without a model, too.")
    var anchors = false

    @Flag(
        help: ArgumentHelp(
            "Let a model read each piece in the twelve keys that it was trained on, and measure the "
                + "mean of the probabilities. It takes twelve times as long."))
    var allKeys = false

    @OptionGroup(title: "Dynamic evaluation") var dynamic: DynamicEvaluationOptions

    @Flag(help: "Train a model on the training split in twelve keys.")
    var train = false

    @OptionGroup(title: "Training") var training: BenchmarkTrainingOptions

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func check() throws {
        if train {
            if !model.isEmpty { throw ValidationError("--train makes a model: leave out --model") }
            if dynamic.dynamic {
                throw ValidationError("--dynamic measures: leave out --train")
            }
            if anchors { throw ValidationError("--anchors measures: leave out --train") }
            if allKeys { throw ValidationError("--all-keys measures: leave out --train") }
            if split != nil {
                throw ValidationError(
                    "--train uses the splits as they are meant: leave out --split")
            }
            try training.checkGiven()
        } else {
            try training.checkAbsent()
            if allKeys, model.isEmpty { throw ValidationError("--all-keys needs --model <model>") }
        }
        try dynamic.check(hasModel: !model.isEmpty)
    }

    func run(_ benchmark: PublishedBenchmark) throws {
        if train {
            try training.run(benchmark, data: data, json: json)
        } else {
            try measure(benchmark)
        }
    }

    private func measure(_ benchmark: PublishedBenchmark) throws {
        let terminal = Terminal()
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        let models = try model.map { try BenchmarkModel(path: ModelLocator.here.path(of: $0)) }
        let dynamic = try dynamic.settings(for: benchmark)
        let evaluation = try BenchmarkEvaluation(
            benchmark, of: models, on: data, split: split ?? .test, anchors: anchors,
            inAllKeys: allKeys, dynamic: dynamic)
        let time = TimeLeft()
        let outcome = try evaluation.run { share in
            progress.show("measuring: \(time.text(share: share))")
        }
        let result = BenchmarkResult(
            outcome, benchmark, data: data, models: models, inAllKeys: allKeys, dynamic: dynamic)
        try progress.say(json ? result.jsonText() : result.summary)
        if !outcome.isTheirData, terminal.isWatched { terminal.remark(BenchmarkResult.otherData) }
    }
}

extension BenchmarkSplit: ExpressibleByArgument {}
