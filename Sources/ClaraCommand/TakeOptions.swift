import ArgumentParser
import Clara
import Foundation

/// What takes should be like, wherever they begin.
struct TakeOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A folder for the takes, or a name that ends in .mid or .midi.", valueName: "out"))
    var output = "out"

    // Unconditional, so that -1 is told to be out of range, not taken for a flag.
    @Option(
        parsing: .unconditional,
        help: "How many, 1 to 64 (default: 4; with --beams, one for each group).")
    var takes: Int?

    @Option(
        help: ArgumentHelp(
            "A model's file, or the name of one in Models/ (default: piano; to accompany, duet)."))
    var model: String?

    @Option(help: "How the weights are held: int8 is the fastest, float32 the most exact.")
    var precision = WeightPrecision.float16

    @Option(
        help: ArgumentHelp(
            "In whose manner: a composer, a period or a style that the model was told of in training, in "
                + "small letters or capitals.",
            valueName: "name"))
    var style: String?

    @OptionGroup(title: "Samplers")
    var samplers: SamplerOptions

    @Option(
        parsing: .unconditional,
        help: "Take 1's seed; the next ones follow (default: a new one each time).")
    var seed: Int?

    @Option(parsing: .unconditional, help: "Keys that may be down at once.")
    var maxNotes = 10

    @Flag(help: "Keep to the last tempo, where the model would hurry or linger as players do.")
    var steady = false

    @Flag(
        help: ArgumentHelp(
            "Copy no run longer than a phrase from the music that the model was trained on, in any "
                + "key; clara originality tells more."))
    var original = false

    @Option(
        help: ArgumentHelp(
            "List the best takes first: those that a critic takes for a person's, or those that the "
                + "model holds likeliest, by note.",
            valueName: "by"))
    var rank: TakeRanking?

    @Option(
        help: ArgumentHelp(
            "The critic for --rank critic: a file, or the name of one in Models/ (default: critic)."
        ))
    var critic: String?

    @OptionGroup(title: "Sound and picture")
    var companions: CompanionOptions

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        if critic != nil, rank != .critic {
            throw ValidationError("--critic belongs to --rank critic; give that as well.")
        }
    }

    /// What is asked for, in the library's terms, where takes are sampled.
    ///
    /// - Parameter repetition: as `SamplerOptions.settings` takes it.
    func settings(
        length: ContinuationSettings.Length, repetition: RepetitionSettings? = nil
    ) throws -> ContinuationSettings {
        try ContinuationSettings(
            length: length, takes: takes ?? 4,
            sampling: samplers.settings(repetition: repetition),
            seed: seed ?? Int.random(in: 1..<1_000_000), style: style,
            maximumNotesAtOnce: maxNotes, keepsTempo: steady)
    }
}

extension TakeRanking: ExpressibleByArgument {}
