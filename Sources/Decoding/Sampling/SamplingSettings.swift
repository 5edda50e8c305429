/// How a token is chosen from the model's distribution.
///
/// All settings work together, in this order: the constraint's mask, what is done about repetition
/// (its penalty, then its limit), temperature, top-k, top-p, min-p, and last the choice frequency.
/// Each truncation works on what the ones before it left, its probabilities made to sum to 1 again.
public struct SamplingSettings: Hashable, Sendable {
    /// Below 1 the likely tokens become likelier, above 1 all come closer; above 0, at most
    /// 100.
    public let temperature: Float
    /// Only this many of the likeliest tokens remain; 1…10,000. See
    /// ``TopK``.
    public let topK: Int?
    /// Only the likeliest tokens that together reach this probability remain; above 0, at most 1.
    /// See ``TopP``.
    public let topP: Float?
    /// Only tokens at least this fraction as likely as the likeliest remain; 0…1. See ``MinP``.
    public let minP: Float?
    /// How often a token is sampled rather than the best one taken; 0…1. See ``ChoiceFrequency``.
    public let choiceFrequency: Float?
    /// What is done about repetition, before all else.
    public let repetition: RepetitionSettings

    /// The legal values of `topK`.
    public static let topKRange = 1...10_000

    /// The model's own distribution.
    public static let plain = SamplingSettings(legalChoiceFrequency: nil)
    /// Always the best token.
    public static let greedy = SamplingSettings(legalChoiceFrequency: 0)

    /// Throws for the first setting that is outside its legal range or not a number.
    public init(
        temperature: Float = 1, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
        choiceFrequency: Float? = nil, repetition: RepetitionSettings = .none
    ) throws(SamplingSettingsError) {
        typealias Refused = SamplingSettingsError
        try Refused.check(temperature > 0 && temperature <= 100, .temperature, temperature)
        try Refused.check(topK.map(Self.topKRange.contains), .topK, topK)
        try Refused.check(topP.map { $0 > 0 && $0 <= 1 }, .topP, topP)
        try Refused.check(minP.map { (0...1).contains($0) }, .minP, minP)
        try Refused.check(
            choiceFrequency.map { (0...1).contains($0) }, .choiceFrequency, choiceFrequency)
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.choiceFrequency = choiceFrequency
        self.repetition = repetition
    }

    private init(legalChoiceFrequency: Float?) {
        (temperature, topK, topP, minP) = (1, nil, nil, nil)
        choiceFrequency = legalChoiceFrequency
        repetition = .none
    }
}

extension SamplingSettings: Codable {
    private enum CodingKeys: CodingKey {
        case temperature, topK, topP, minP, choiceFrequency, repetition
    }

    /// Reads the same values that
    /// ``init(temperature:topK:topP:minP:choiceFrequency:repetition:)`` takes, with the same
    /// defaults; throws `DecodingError` for any that it refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            self = try SamplingSettings(
                temperature: container.decodeIfPresent(Float.self, forKey: .temperature) ?? 1,
                topK: container.decodeIfPresent(Int.self, forKey: .topK),
                topP: container.decodeIfPresent(Float.self, forKey: .topP),
                minP: container.decodeIfPresent(Float.self, forKey: .minP),
                choiceFrequency: container.decodeIfPresent(Float.self, forKey: .choiceFrequency),
                repetition: container.decodeIfPresent(RepetitionSettings.self, forKey: .repetition)
                    ?? .none)
        } catch let error as SamplingSettingsError {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath, debugDescription: error.description,
                    underlyingError: error))
        }
    }
}
