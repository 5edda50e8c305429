/// What is done about repetition, in sampling and in beam search alike; the prompt counts as written.
public struct RepetitionSettings: Hashable, Sendable {
    /// The latest 64 tokens become so many times less likely; 1…100.
    ///
    /// Music lives on repeating tokens: 1.1 is much already. See ``RepetitionPenalty``.
    public let penalty: Float?
    /// No passage of so many tokens may repeat; 2…10,000. A note takes about three tokens. See
    /// ``RepeatLimit``.
    public let noRepeat: Int?
    /// How many repeats of a passage `noRepeat` lets pass; 0…10,000, nil for 0.
    public let repeats: Int?
    /// Whether music may not go on with what its last bars have repeated, a note changed here and there or not:
    /// what tokens mean is not known here, so that is left to the ``TokenConstraint``.
    public let noLoops: Bool

    /// The legal values of `noRepeat`.
    public static let noRepeatRange = 2...10_000
    /// The legal values of `repeats`.
    public static let repeatsRange = 0...10_000

    public static let none = RepetitionSettings()

    /// Throws for the first setting that is outside its legal range, not a number, or of no effect.
    public init(
        penalty: Float? = nil, noRepeat: Int? = nil, repeats: Int? = nil, noLoops: Bool = false
    ) throws(SamplingSettingsError) {
        try SamplingSettingsError.check(
            penalty.map { (1...100).contains($0) }, .repetitionPenalty, penalty)
        try SamplingSettingsError.check(
            noRepeat.map(Self.noRepeatRange.contains), .noRepeat, noRepeat)
        try SamplingSettingsError.check(
            repeats.map { Self.repeatsRange.contains($0) && noRepeat != nil }, .repeats, repeats)
        self.penalty = penalty
        self.noRepeat = noRepeat
        self.repeats = repeats
        self.noLoops = noLoops
    }

    private init() { (penalty, noRepeat, repeats, noLoops) = (nil, nil, nil, false) }
}

extension RepetitionSettings: Codable {
    private enum CodingKeys: CodingKey { case penalty, noRepeat, repeats, noLoops }

    /// Reads the same values that ``init(penalty:noRepeat:repeats:noLoops:)`` takes; throws `DecodingError` for
    /// any that it refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            self = try RepetitionSettings(
                penalty: container.decodeIfPresent(Float.self, forKey: .penalty),
                noRepeat: container.decodeIfPresent(Int.self, forKey: .noRepeat),
                repeats: container.decodeIfPresent(Int.self, forKey: .repeats),
                noLoops: container.decodeIfPresent(Bool.self, forKey: .noLoops) ?? false)
        } catch let error as SamplingSettingsError {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath, debugDescription: error.description,
                    underlyingError: error))
        }
    }
}
