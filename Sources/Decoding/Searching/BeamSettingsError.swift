/// A setting of a beam search outside its legal range.
public struct BeamSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A setting by the name of its flag.
    public enum Setting: String, Hashable, Sendable, CaseIterable {
        case beams
        case expansions = "expand"
        case groups = "beam-groups"
        case diversity
        case lengthPenalty = "length-penalty"
    }

    public let setting: Setting
    /// The refused value as text, "nan" for one.
    public let value: String
    /// How many beams were asked for.
    public let beams: Int

    /// What the setting may be, in words.
    public var legalValues: String {
        switch setting {
        case .beams: "a whole number from 1 to 1024"
        case .expansions: "a whole number of at least 2 (1 for groups of one beam)"
        case .groups: "a whole number that divides the \(beams) beams"
        case .diversity: "a number above 0 with several groups of beams, and 0 with one"
        case .lengthPenalty: "a number of at least 0"
        }
    }

    public var description: String {
        "--\(setting.rawValue) must be \(legalValues), not \(value)"
    }
}
