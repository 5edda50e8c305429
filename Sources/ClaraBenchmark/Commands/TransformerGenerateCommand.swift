import ArgumentParser
import Networks

/// Generating with the Transformer, sampling included, from the middle of its context on.
struct TransformerGenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transformer-generate",
        abstract: "Generating with the Transformer: tokens a second.")

    @OptionGroup var network: TransformerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "Streams in the batch.")
    var streams = 1

    @Option(help: "Tokens of each stream in one run.")
    var tokens = 400

    @Option(help: "How the weights are held: float32, float16 or int8.")
    var precision = WeightPrecision.int8

    func validate() throws {
        try require(1, of: streams, "--streams")
        try require(1, of: tokens, "--tokens")
    }

    func run() throws {
        let model = try RandomWeights.transformer(
            network.configuration(), precision: precision, threads: options.threads)
        let generation = Generation(
            model, streams: streams, tokens: tokens,
            prompt: Array(repeating: 1, count: network.context / 2))
        let times = try Measuring.repeating(forSeconds: options.seconds) { try generation.write() }
        try Report.print(Rates(times, tokens: tokens * streams, options))
    }
}
