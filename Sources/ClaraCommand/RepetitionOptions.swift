import ArgumentParser
import Clara

/// The flags about repetition; their legal values are `RepetitionSettings`'.
struct RepetitionOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: "Make each of the latest 64 tokens so many times less likely, 1 or more.")
    var repetitionPenalty: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Write no passage of so many tokens (about three a note) that came before.",
            valueName: "tokens"))
    var noRepeat: Int?

    @Option(
        parsing: .unconditional,
        help: "How often --no-repeat lets a passage come again (default: 0).")
    var repeats: Int?

    func settings() throws -> RepetitionSettings {
        try RepetitionSettings(penalty: repetitionPenalty, noRepeat: noRepeat, repeats: repeats)
    }
}
