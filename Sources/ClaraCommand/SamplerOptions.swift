import ArgumentParser
import Clara

/// The samplers' flags; their legal values are `SamplingSettings`'.
struct SamplerOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: "Below 1 bolder choices become rarer, above 1 more frequent.")
    var temperature: Float?

    @Option(parsing: .unconditional, help: "Sample among the k likeliest tokens.")
    var topK: Int?

    @Option(
        parsing: .unconditional,
        help: "Sample among the likeliest tokens that together have probability p.")
    var topP: Float?

    @Option(
        parsing: .unconditional,
        help: "Sample among tokens at least p times as likely as the likeliest.")
    var minP: Float?

    @Option(
        parsing: .unconditional,
        help: "How often to sample at all; else the best token is taken, 0…1.")
    var choiceFrequency: Float?

    func settings() throws -> SamplingSettings {
        let isPlain =
            temperature == nil && topK == nil && topP == nil && minP == nil
            && choiceFrequency == nil
        if isPlain { return try ContinuationSettings.standardSampling() }
        return try SamplingSettings(
            temperature: temperature ?? 1, topK: topK, topP: topP, minP: minP,
            choiceFrequency: choiceFrequency)
    }
}
