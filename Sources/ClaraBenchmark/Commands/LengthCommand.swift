import ArgumentParser
import Networks

/// What a token costs as a piece grows: states at several lengths, stepped in turn, so that what slows
/// the machine down for a while slows all of them.
struct LengthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "length", abstract: "The cost of a token after 1 k, 2 k … tokens.")

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case lstm, transformer
    }

    @OptionGroup var options: RunOptions

    @Option(help: "Which network.")
    var kind = Kind.lstm

    @Option(help: "The greatest length, at least 2048.")
    var tokens = 65_536

    func validate() throws {
        guard tokens >= 2048 else { throw ValidationError("--tokens is at least 2048") }
    }

    func run() throws {
        switch kind {
        case .lstm:
            try measure(
                RandomWeights.lstm(
                    LSTMConfiguration(vocabulary: 220, embedding: 400, hidden: 600, layers: 4),
                    precision: .int8, threads: options.threads))
        case .transformer:
            try measure(
                RandomWeights.transformer(
                    TransformerConfiguration(
                        vocabulary: 220, embedding: 256, layers: 6, heads: 8, feedForward: 1024,
                        window: 1024),
                    precision: .int8, threads: options.threads))
        }
    }

    private func measure<Model: NextTokenModel>(_ model: Model) throws {
        let (lengths, decoders) = grown(model)
        // As many rounds as fit: each length 50 tokens, in turn.
        var times = lengths.map { _ in [Double]() }
        _ = Measuring.repeating(forSeconds: options.seconds, atLeast: 5) {
            for (index, decoder) in decoders.enumerated() {
                times[index].append(Measuring.timing { decoder.steps(50) } / 50)
            }
        }
        let medians = times.map { Measuring.median(Array($0.dropFirst())) }
        try Report.print(
            Result(
                threads: options.threads, lengths: lengths, secondsPerToken: medians,
                dearestOverCheapest: (medians.max() ?? 0) / (medians.min() ?? 1),
                peakBytes: Report.peakBytes))
    }

    /// Decoders that have read 1,024, 2,048 … tokens.
    private func grown<Model: NextTokenModel>(_ model: Model) -> ([Int], [Stepping<Model>]) {
        var lengths: [Int] = []
        var decoders: [Stepping<Model>] = []
        let first = Stepping(model)
        var (read, length) = (0, 1024)
        while length <= tokens {
            first.steps(length - read)
            decoders.append(Stepping(continuing: first))
            lengths.append(length)
            (read, length) = (length, 2 * length)
        }
        return (lengths, decoders)
    }

    private struct Result: Encodable {
        let threads: Int
        let lengths: [Int]
        /// At each of the lengths.
        let secondsPerToken: [Double]
        let dearestOverCheapest: Double
        let peakBytes: Int
    }
}
