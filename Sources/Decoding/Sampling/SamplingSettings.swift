/// How a token is chosen from the model's distribution.
///
/// All settings work together, in this order: the constraint's mask, temperature, top-k, top-p,
/// min-p, and last the choice frequency. Each truncation works on what the ones before it left, its
/// probabilities made to sum to 1 again.
public struct SamplingSettings: Hashable, Sendable {
    /// Below 1 the likely tokens become likelier, above 1 all come closer; above 0.
    public let temperature: Float
    /// Only this many of the likeliest tokens remain; at least 1. See ``TopK``.
    public let topK: Int?
    /// Only the likeliest tokens that together reach this probability remain; above 0, at most 1.
    /// See ``TopP``.
    public let topP: Float?
    /// Only tokens at least this fraction as likely as the likeliest remain; 0…1. See ``MinP``.
    public let minP: Float?
    /// How often a token is sampled rather than the best one taken; 0…1. See ``ChoiceFrequency``.
    public let choiceFrequency: Float?

    /// The model's own distribution.
    public static let plain = SamplingSettings()
    /// Always the best token.
    public static let greedy = SamplingSettings(greedy: ())

    /// Throws for the first setting that is outside its legal range or not a number.
    public init(
        temperature: Float = 1, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
        choiceFrequency: Float? = nil
    ) throws(SamplingSettingsError) {
        func check(_ isLegal: Bool, _ setting: SamplingSettingsError.Setting, _ value: Any?)
            throws(SamplingSettingsError)
        {
            guard !isLegal, let value else { return }
            throw SamplingSettingsError(setting: setting, value: "\(value)")
        }
        try check(temperature > 0 && temperature.isFinite, .temperature, temperature)
        try check((topK ?? 1) >= 1, .topK, topK)
        try check((topP ?? 1) > 0 && (topP ?? 1) <= 1, .topP, topP)
        try check((0...1).contains(minP ?? 0), .minP, minP)
        try check((0...1).contains(choiceFrequency ?? 1), .choiceFrequency, choiceFrequency)
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.choiceFrequency = choiceFrequency
    }

    private init() {
        (temperature, topK, topP, minP, choiceFrequency) = (1, nil, nil, nil, nil)
    }

    private init(greedy: Void) {
        (temperature, topK, topP, minP, choiceFrequency) = (1, nil, nil, nil, 0)
    }
}

extension SamplingSettings: Codable {
    private enum CodingKeys: CodingKey {
        case temperature, topK, topP, minP, choiceFrequency
    }

    /// Reads the same values that ``init(temperature:topK:topP:minP:choiceFrequency:)`` takes, with
    /// the same defaults; throws `DecodingError` for any that it refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            self = try SamplingSettings(
                temperature: container.decodeIfPresent(Float.self, forKey: .temperature) ?? 1,
                topK: container.decodeIfPresent(Int.self, forKey: .topK),
                topP: container.decodeIfPresent(Float.self, forKey: .topP),
                minP: container.decodeIfPresent(Float.self, forKey: .minP),
                choiceFrequency: container.decodeIfPresent(Float.self, forKey: .choiceFrequency))
        } catch let error as SamplingSettingsError {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath, debugDescription: error.description,
                    underlyingError: error))
        }
    }
}
