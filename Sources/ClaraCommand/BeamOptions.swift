import ArgumentParser
import Clara

/// The flags of beam search; their legal values are `BeamSettings`'.
struct BeamOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Search for what is likely as a whole, keeping so many beginnings, instead of sampling.",
            valueName: "n"))
    var beams: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Look at so many next tokens of each beginning (default: 3).", valueName: "m"))
    var expand: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Search in so many groups that keep away from each other (default: 1).",
            valueName: "groups"))
    var beamGroups: Int?

    @Option(
        parsing: .unconditional,
        help: "Nats that a token costs a group for each beam before that chose it (default: 0.5).")
    var diversity: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Rank beams by log-probability / tokens^a (default: 1).", valueName: "a"))
    var lengthPenalty: Float?

    /// Nil without --beams.
    func settings(_ repetition: RepetitionOptions) throws -> BeamSettings? {
        guard let beams else { return nil }
        let standard = try ContinuationSettings.standardSearch()
        return try BeamSettings(
            beams: beams, expansions: expand ?? standard.expansions,
            groups: beamGroups ?? standard.groups, diversity: diversity,
            lengthPenalty: lengthPenalty ?? standard.lengthPenalty,
            repetition: repetition.settings(standard: standard.repetition))
    }

    /// Throws where --beams and a flag of sampling are given.
    func refuse(_ flag: String?) throws {
        guard beams != nil, let flag else { return }
        throw ValidationError(
            "--beams and \(flag) exclude each other: a beam search does not sample.")
    }

    func validate() throws {
        guard beams == nil else { return }
        let flags: [(String, (any Sendable)?)] = [
            ("--expand", expand), ("--beam-groups", beamGroups), ("--diversity", diversity),
            ("--length-penalty", lengthPenalty),
        ]
        if let flag = flags.first(where: { $0.1 != nil })?.0 {
            throw ValidationError("\(flag) belongs to a beam search; give --beams as well.")
        }
    }
}
