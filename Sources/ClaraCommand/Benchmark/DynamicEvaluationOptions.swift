import ArgumentParser
import Clara
import PublishedBenchmarks

/// Whether weights learn from what they have scored, and how.
struct DynamicEvaluationOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Measure dynamic evaluation as well: weights that learn from the tokens of the piece "
                + "that are scored already (Krause et al. 2018). It takes minutes."))
    var dynamic = false

    @Option(
        name: .customLong("dynamic-segment"),
        help: ArgumentHelp(
            "How many tokens are scored before the weights learn from them, instead of what "
                + "validated best.", valueName: "tokens"))
    var segment: Int?

    @Option(
        name: .customLong("dynamic-rate"),
        help: ArgumentHelp("How fast they learn, 0 to 1.", valueName: "number"))
    var rate: Float?

    @Option(
        name: .customLong("dynamic-decay"),
        help: ArgumentHelp(
            "How fast they return to the trained weights, 0 to 1.", valueName: "share"))
    var decay: Float?

    func check(hasModel: Bool) throws {
        let isSet = segment != nil || rate != nil || decay != nil
        if isSet, !dynamic {
            throw ValidationError(
                "--dynamic-segment, --dynamic-rate and --dynamic-decay need --dynamic")
        }
        if dynamic, !hasModel { throw ValidationError("--dynamic needs --model <model>") }
    }

    /// Nil where it is not asked for.
    func settings(for benchmark: PublishedBenchmark) throws -> BenchmarkEvaluation.Dynamic? {
        guard dynamic else { return nil }
        let chosen = benchmark.dynamicEvaluation
        return try BenchmarkEvaluation.Dynamic(
            segment: segment ?? chosen.segment, rate: rate ?? chosen.rate,
            decay: decay ?? chosen.decay)
    }
}
