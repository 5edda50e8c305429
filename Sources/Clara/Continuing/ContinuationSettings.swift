import Decoding

/// What a continuation should be like.
public struct ContinuationSettings: Hashable, Sendable {
    /// How far the continuation goes; it ends on a bar line in either case.
    public enum Length: Hashable, Sendable {
        /// Whole bars after the bar line where the prompt ends, or after the next one.
        case bars(Int)
        /// At least so many seconds.
        case seconds(Double)
    }

    public let length: Length
    /// How many continuations.
    public let takes: Int
    public let sampling: SamplingSettings
    /// Take k, counted from 0, depends on the model, the prompt, the settings and `seed` + k only.
    public let seed: Int
    /// Keys that may be down at once.
    public let maximumNotesAtOnce: Int

    /// How takes are sampled unless told otherwise: temperature 0.9. Of what was tried with the bundled
    /// model, colder sampling loops more often, warmer piles up more notes; see Models/piano.md.
    public static func standardSampling() throws(SamplingSettingsError) -> SamplingSettings {
        try SamplingSettings(temperature: 0.9)
    }

    /// Throws where a number is outside its range.
    public init(
        length: Length, takes: Int, sampling: SamplingSettings, seed: Int,
        maximumNotesAtOnce: Int = 10
    ) throws(ContinuationError) {
        switch length {
        case .bars(let bars):
            guard (1...1_000).contains(bars) else {
                throw .outOfRange(
                    "--bars", legal: "a whole number from 1 to 1000", found: "\(bars)")
            }
        case .seconds(let seconds):
            guard seconds > 0, seconds <= 3_600 else {
                throw .outOfRange(
                    "--seconds", legal: "a number above 0 and at most 3600", found: "\(seconds)")
            }
        }
        guard (1...64).contains(takes) else {
            throw .outOfRange("--takes", legal: "a whole number from 1 to 64", found: "\(takes)")
        }
        // The last take's seed too must be one that makes it again.
        guard (0...(1 << 53) - takes + 1).contains(seed) else {
            throw .outOfRange(
                "--seed", legal: "a whole number from 0 to 2^53, and so the later takes' seeds",
                found: "\(seed)")
        }
        guard (1...88).contains(maximumNotesAtOnce) else {
            throw .outOfRange(
                "--max-notes", legal: "a whole number from 1 to 88", found: "\(maximumNotesAtOnce)")
        }
        self.length = length
        self.takes = takes
        self.sampling = sampling
        self.seed = seed
        self.maximumNotesAtOnce = maximumNotesAtOnce
    }
}

/// Why a piece could not be continued.
public enum ContinuationError: Error, Hashable, CustomStringConvertible {
    case outOfRange(String, legal: String, found: String)
    /// Nothing but drums, or nothing at all.
    case noNotes(prompt: String, drumNotes: Int)
    /// The prompt's tempo and meter make the wanted bars or seconds too many notes' time.
    case tooLong(quarters: Int, limit: Int)

    public var description: String {
        switch self {
        case .outOfRange(let flag, let legal, let found):
            "\(flag) must be \(legal), not \(found)"
        case .noNotes(let prompt, let drumNotes):
            drumNotes > 0
                ? "\(prompt): has only drums, which Clara does not continue; give a piece with notes"
                : "\(prompt): has no notes; give the beginning of a piece, some bars of it"
        case .tooLong(let quarters, let limit):
            "the continuation would be \(quarters) quarter notes long, but \(limit) is the most; "
                + "ask for fewer --bars or --seconds"
        }
    }
}
