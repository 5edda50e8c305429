import ArgumentParser
import Networks
import Tensors

/// Training steps of the LSTM, plain or beside the same with all of AWD-LSTM's regularisation.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Training of the LSTM: tokens a second, peak memory.")

    @OptionGroup var network: NetworkOptions
    @OptionGroup var options: RunOptions

    @Option(help: "Streams in a batch.")
    var batch = 32

    @Option(help: "Steps of a window.")
    var steps = 200

    @Flag(help: "Train a second one with full AWD-LSTM regularisation, in turn with the plain one.")
    var regularised = false

    func validate() throws {
        try require(1, of: batch, "--batch")
        try require(1, of: steps, "--steps")
    }

    func run() throws {
        let team = ThreadTeam(threads: options.threads)
        let plain = try training(.none, team)
        guard regularised else {
            let times = Measuring.repeating(forSeconds: options.seconds) { plain.trainStep() }
            try Report.print(
                Result(
                    Rates(times, tokens: plain.tokensPerStep, options),
                    weights: plain.model.weights.count,
                    trainingFlopsPerToken: 6 * Double(try network.configuration().productWeights)))
            return
        }
        try Report.print(compare(plain, training(.clara(), team)))
    }

    private func training(_ regularisation: Regularisation, _ team: ThreadTeam) throws
        -> TrainingRun
    {
        try TrainingRun(
            .lstm(network.configuration()), steps: steps, streams: batch,
            regularisation: regularisation, team: team)
    }

    /// A step of the one, a step of the other: what slows the machine down for a while slows both.
    private func compare(_ plain: TrainingRun, _ regularised: TrainingRun) -> Comparison {
        var plainTimes: [Double] = []
        let times = Measuring.repeating(forSeconds: options.seconds / 2) {
            plainTimes.append(Measuring.timing(plain.trainStep))
            regularised.trainStep()
        }
        plainTimes.removeFirst()
        let regularisedTimes = zip(times, plainTimes).map { $0 - $1 }
        let tokens = Double(plain.tokensPerStep)
        return Comparison(
            threads: options.threads, plainTokensPerSecond: tokens / Measuring.median(plainTimes),
            tokensPerSecond: tokens / Measuring.median(regularisedTimes),
            timeOverPlain: Measuring.median(zip(regularisedTimes, plainTimes).map { $0 / $1 }))
    }

    private struct Result: Encodable {
        let threads: Int
        let tokensPerSecond: Double
        let runs: [Double]
        let peakBytes: Int
        let weights: Int
        /// Six for each weight that a token is multiplied with.
        let trainingFlopsPerToken: Double

        init(_ rates: Rates, weights: Int, trainingFlopsPerToken: Double) {
            threads = rates.threads
            tokensPerSecond = rates.tokensPerSecond
            runs = rates.runs
            peakBytes = rates.peakBytes
            self.weights = weights
            self.trainingFlopsPerToken = trainingFlopsPerToken
        }
    }

    private struct Comparison: Encodable {
        let threads: Int
        let plainTokensPerSecond: Double
        let tokensPerSecond: Double
        let timeOverPlain: Double
    }
}

extension Regularisation {
    /// That of `Recipes/clara2018.toml`.
    static func clara() throws -> Regularisation {
        try Regularisation(
            embedding: 0.02, input: 0.05, hidden: 0.05, output: 0.05, weight: 0.1, activation: 2,
            temporalActivation: 1)
    }
}

extension LSTMConfiguration {
    /// The weights that each token is multiplied with: all but the biases, with the tied embedding
    /// once, as the output.
    var productWeights: Int {
        shapes.reduce(0) { $1.shape.count == 2 ? $0 + $1.shape[0] * $1.shape[1] : $0 }
    }
}
