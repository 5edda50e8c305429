/// A sampling setting outside its legal range.
public struct SamplingSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A setting by the name of its flag.
    public enum Setting: String, Hashable, Sendable, CaseIterable {
        case temperature
        case topK = "top-k"
        case topP = "top-p"
        case minP = "min-p"
        case choiceFrequency = "choice-frequency"
        case repetitionPenalty = "repetition-penalty"
        case noRepeat = "no-repeat"
        case repeats

        /// What the setting may be, in words.
        public var legalValues: String {
            switch self {
            case .temperature: "a number above 0 and at most 100"
            case .topK: "a whole number from 1 to 10000"
            case .topP: "a number above 0 and at most 1"
            case .minP, .choiceFrequency: "a number from 0 to 1"
            case .repetitionPenalty: "a number from 1 to 100"
            case .noRepeat: "a whole number from 2 to 10000"
            case .repeats: "a whole number from 0 to 10000, beside --no-repeat"
            }
        }
    }

    public let setting: Setting
    /// The refused value as text, "nan" for one.
    public let value: String

    /// As in "--temperature must be a number above 0 and at most 100, not nan".
    public var description: String {
        "--\(setting.rawValue) must be \(setting.legalValues), not \(value)"
    }

    /// Throws where a setting is given and not legal.
    static func check(
        _ isLegal: Bool?, _ setting: Setting, _ value: (some Any)?
    ) throws(SamplingSettingsError) {
        guard isLegal == false, let value else { return }
        throw SamplingSettingsError(setting: setting, value: "\(value)")
    }
}
