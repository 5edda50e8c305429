import ArgumentParser
import Clara

/// The flags about repetition; their legal values are `RepetitionSettings`'.
struct RepetitionOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: "Make each of the latest 64 tokens so many times less likely, 1 to 100.")
    var repetitionPenalty: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Write no passage of so many tokens, about three a note, 2 to 10000, twice; 0 lets all "
                + "pass (default: 24 with --repeats 2; with --beams, 12; to accompany, 0).",
            valueName: "tokens"))
    var noRepeat: Int?

    @Option(
        parsing: .unconditional,
        help: "How often --no-repeat lets a passage come again, up to 10000 (default: 0).")
    var repeats: Int?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Whether two bars or fewer may come a fourth time in a row, a note changed here and there or "
                + "not (default: they may not; with --beams or to accompany they may)."))
    var loops: Bool?

    /// - Parameter standard: what holds without the flags.
    func settings(standard: RepetitionSettings) throws -> RepetitionSettings {
        let noRepeat = noRepeat ?? standard.noRepeat
        return try RepetitionSettings(
            penalty: repetitionPenalty, noRepeat: noRepeat == 0 ? nil : noRepeat,
            repeats: repeats ?? (self.noRepeat == nil ? standard.repeats : nil),
            noLoops: loops.map { !$0 } ?? standard.noLoops)
    }
}
