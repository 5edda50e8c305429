import ArgumentParser
import Clara

/// What takes may be besides `TakeOptions` where nothing beside them is given: of any length, and searched for.
struct FreeTakeOptions: ParsableArguments {
    // Unconditional, so that -1 is told to be out of range, not taken for a flag.
    @Option(parsing: .unconditional, help: "Bars to write, 1 to 1000 (default: 8).")
    var bars: Int?

    @Option(
        parsing: .unconditional,
        help: "Seconds to write at the last tempo, up to the next bar line, instead of bars.")
    var seconds: Double?

    @OptionGroup(title: "Beam search")
    var beams: BeamOptions

    @OptionGroup var takes: TakeOptions

    func validate() throws {
        if bars != nil, seconds != nil {
            throw ValidationError("--bars and --seconds exclude each other; give one of them.")
        }
        try beams.refuse(takes.samplers.firstGiven ?? takes.seed.map { _ in "--seed" })
    }

    /// What is asked for, in the library's terms.
    func settings() throws -> ContinuationSettings {
        let length = seconds.map { ContinuationSettings.Length.seconds($0) } ?? .bars(bars ?? 8)
        guard let search = try beams.settings(takes.samplers.repetition) else {
            return try takes.settings(length: length)
        }
        return try ContinuationSettings(
            length: length, takes: takes.takes ?? min(64, search.groups), method: .beams(search),
            style: takes.style, maximumNotesAtOnce: takes.maxNotes, keepsTempo: takes.steady)
    }
}
