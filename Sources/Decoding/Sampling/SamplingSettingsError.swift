/// A sampling setting outside its legal range.
public struct SamplingSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A setting by the name of its flag.
    public enum Setting: String, Hashable, Sendable, CaseIterable {
        case temperature
        case topK = "top-k"
        case topP = "top-p"
        case minP = "min-p"
        case choiceFrequency = "choice-frequency"

        /// What the setting may be, in words.
        public var legalValues: String {
            switch self {
            case .temperature: "a number above 0"
            case .topK: "a whole number of at least 1"
            case .topP: "a number above 0 and at most 1"
            case .minP, .choiceFrequency: "a number from 0 to 1"
            }
        }
    }

    public let setting: Setting
    /// The refused value as text, "nan" for one.
    public let value: String

    /// As in "--temperature must be a number above 0, not nan".
    public var description: String {
        "--\(setting.rawValue) must be \(setting.legalValues), not \(value)"
    }
}
