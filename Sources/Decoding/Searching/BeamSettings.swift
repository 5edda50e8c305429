/// How a beam search looks for likely continuations.
public struct BeamSettings: Hashable, Sendable {
    /// How many beginnings are followed at once, in all groups together; 1…1024.
    public let beams: Int
    /// How many of the likeliest next tokens of each beam are looked at; at least 1, and at least 2
    /// where a group has several beams, which otherwise could not come about.
    public let expansions: Int
    /// Groups that search one after the other at each token, each kept away from what the ones before
    /// it chose there; at least 1, and a divisor of `beams`.
    public let groups: Int
    /// Nats that a token loses for each beam of an earlier group that chose it at the same place; at
    /// least 0, and above 0 for several groups, which otherwise would all find the same.
    public let diversity: Float
    /// The exponent A in the score of a beam, its log-probability / tokens^A; at least 0. With 0 short
    /// beams win, with 1 those whose tokens are likeliest on average.
    public let lengthPenalty: Float
    /// What is done about repetition.
    public let repetition: RepetitionSettings

    /// Throws for the first setting that is outside its legal range, not a number, or of no effect.
    public init(
        beams: Int = 3, expansions: Int = 3, groups: Int = 1, diversity: Float? = nil,
        lengthPenalty: Float = 1, repetition: RepetitionSettings = .none
    ) throws(BeamSettingsError) {
        let diversity = diversity ?? (groups > 1 ? 0.5 : 0)
        func check(
            _ isLegal: Bool, _ setting: BeamSettingsError.Setting, _ value: some Any
        ) throws(BeamSettingsError) {
            guard !isLegal else { return }
            throw BeamSettingsError(setting: setting, value: "\(value)", beams: beams)
        }
        try check((1...1024).contains(beams), .beams, beams)
        try check(groups >= 1 && groups <= beams && beams % groups == 0, .groups, groups)
        try check(expansions >= (beams > groups ? 2 : 1), .expansions, expansions)
        try check(
            diversity >= 0 && diversity.isFinite && (groups == 1) == (diversity == 0), .diversity,
            diversity)
        try check(lengthPenalty >= 0 && lengthPenalty.isFinite, .lengthPenalty, lengthPenalty)
        self.beams = beams
        self.expansions = expansions
        self.groups = groups
        self.diversity = diversity
        self.lengthPenalty = lengthPenalty
        self.repetition = repetition
    }
}

extension BeamSettings: Codable {
    private enum CodingKeys: CodingKey {
        case beams, expansions, groups, diversity, lengthPenalty, repetition
    }

    /// Reads the same values that
    /// ``init(beams:expansions:groups:diversity:lengthPenalty:repetition:)`` takes, with the same
    /// defaults; throws `DecodingError` for any that it refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            self = try BeamSettings(
                beams: container.decodeIfPresent(Int.self, forKey: .beams) ?? 3,
                expansions: container.decodeIfPresent(Int.self, forKey: .expansions) ?? 3,
                groups: container.decodeIfPresent(Int.self, forKey: .groups) ?? 1,
                diversity: container.decodeIfPresent(Float.self, forKey: .diversity),
                lengthPenalty: container.decodeIfPresent(Float.self, forKey: .lengthPenalty) ?? 1,
                repetition: container.decodeIfPresent(RepetitionSettings.self, forKey: .repetition)
                    ?? .none)
        } catch let error as BeamSettingsError {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath, debugDescription: error.description,
                    underlyingError: error))
        }
    }
}
