import ArgumentParser
import Networks
import Tensors

/// Training steps of the Transformer.
struct TransformerTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transformer-train",
        abstract: "Training of the Transformer: tokens a second, peak memory.")

    @OptionGroup var network: TransformerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "Streams in a batch; each window is as long as the context.")
    var batch = 4

    @Flag(help: "Attend to the window before, too, as in training on long pieces.")
    var carried = false

    func validate() throws { try require(1, of: batch, "--batch") }

    func run() throws {
        let training = try TrainingRun(
            .transformer(network.configuration()), steps: network.context, streams: batch,
            beginsPieces: !carried, team: ThreadTeam(threads: options.threads))
        let times = Measuring.repeating(forSeconds: options.seconds) { training.trainStep() }
        try Report.print(Rates(times, tokens: training.tokensPerStep, options))
    }
}
