import ArgumentParser
import Clara

/// The samplers' flags; their legal values are `SamplingSettings`'.
struct SamplerOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Below 1 bolder choices become rarer, above 1 more frequent (default: "
                + "\(ContinuationSettings.standardTemperature); with any of the next four, 1)."))
    var temperature: Float?

    @Option(parsing: .unconditional, help: "Sample among the k likeliest tokens.")
    var topK: Int?

    @Option(
        parsing: .unconditional,
        help: "Sample among the likeliest tokens that together have probability p.")
    var topP: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Sample among tokens at least p times as likely as the likeliest (default: 0.05; with --top-k, "
                + "--top-p or --choice-frequency, 0)."))
    var minP: Float?

    @Option(
        parsing: .unconditional,
        help: "How often to sample at all; else the best token is taken, 0…1.")
    var choiceFrequency: Float?

    @OptionGroup var repetition: RepetitionOptions

    /// The first of the flags that is given, those about repetition apart.
    var firstGiven: String? {
        let flags: [(String, (any Sendable)?)] = [
            ("--temperature", temperature), ("--top-k", topK), ("--top-p", topP),
            ("--min-p", minP), ("--choice-frequency", choiceFrequency),
        ]
        return flags.first { $0.1 != nil }?.0
    }

    /// - Parameter repetition: what holds of passages that come again without a flag; nil for the standard.
    func settings(repetition standardRepetition: RepetitionSettings? = nil) throws
        -> SamplingSettings
    {
        let standard = try standardRepetition ?? ContinuationSettings.standardSampling().repetition
        return try ContinuationSettings.sampling(
            temperature: temperature, topK: topK, topP: topP, minP: minP,
            choiceFrequency: choiceFrequency, repetition: repetition.settings(standard: standard))
    }
}
