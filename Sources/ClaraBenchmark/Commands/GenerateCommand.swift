import ArgumentParser
import Networks

/// Generating with the LSTM, sampling included, as `clara continue` does it.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Generating with the LSTM: tokens a second.")

    @OptionGroup var network: NetworkOptions
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
        let model = try RandomWeights.lstm(
            network.configuration(), precision: precision, threads: options.threads)
        let generation = Generation(model, streams: streams, tokens: tokens)
        let times = try Measuring.repeating(forSeconds: options.seconds) { try generation.write() }
        try Report.print(Rates(times, tokens: tokens * streams, options))
    }
}

extension WeightPrecision: ExpressibleByArgument {}
