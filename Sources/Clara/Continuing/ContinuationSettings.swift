import Decoding

/// What a continuation should be like.
public struct ContinuationSettings: Hashable, Sendable {
    /// How far the continuation goes; it ends on a bar line in either case.
    public enum Length: Hashable, Sendable {
        /// Whole bars after the bar line where the prompt ends, or after the next one.
        case bars(Int)
        /// At least so many seconds at the prompt's tempo, which a take need not keep.
        case seconds(Double)
    }

    /// How takes are chosen among all that could be written.
    public enum Method: Hashable, Sendable {
        /// At random: take k, counted from 0, depends on the model, the prompt, the settings and
        /// `seed` + k only.
        case sampling(SamplingSettings, seed: Int)
        /// The likeliest ones that a search finds, with no randomness: the best one of each group of
        /// beams, best first, then the others, best first. Beams that tell the same notes count once.
        case beams(BeamSettings)
    }

    public let length: Length
    /// How many continuations; of a beam search fewer, where its beams tell the same notes.
    public let takes: Int
    public let method: Method
    /// In whose manner, of the model's styles, in small letters or capitals; nil for none that is told.
    public private(set) var style: String?
    /// Keys that may be down at once.
    public let maximumNotesAtOnce: Int
    /// Whether the prompt's last tempo holds to the end, though the model's text may tell others.
    public let keepsTempo: Bool

    /// The legal values of seeds, each of which a number of JSON can hold.
    public static let seedRange = 0...1 << 53

    /// The takes that are asked for, in their order.
    public var origins: [Take.Origin] {
        switch method {
        case .sampling(_, let seed): (seed..<seed + takes).map { .seed($0) }
        case .beams: (1...takes).map { .beam($0) }
        }
    }

    /// At which temperature takes are sampled unless told otherwise.
    public static let standardTemperature = 1.05
    /// Among which tokens: at least so many times as likely as the likeliest. See ``MinP``.
    public static let standardMinP = 0.05

    /// How takes are sampled unless told otherwise: at `standardTemperature` with `standardMinP`, no passage of
    /// 24 tokens, some eight notes, a fourth time, and no loops. Of what was tried with the bundled models, sampling
    /// without a least likelihood strays further and comes back less, and takes that may go round often do; see
    /// Documentation/Samples.md.
    public static func standardSampling() throws(SamplingSettingsError) -> SamplingSettings {
        try sampling()
    }

    /// The standard, with what is asked for in its place: where tokens are chosen among others than the standard's,
    /// the temperature is 1 unless asked for.
    public static func sampling(
        temperature: Float? = nil, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
        choiceFrequency: Float? = nil, repetition: RepetitionSettings? = nil
    ) throws(SamplingSettingsError) -> SamplingSettings {
        let isStandard = topK == nil && topP == nil && minP == nil && choiceFrequency == nil
        let standard = try RepetitionSettings(noRepeat: 24, repeats: 2, noLoops: true)
        return try SamplingSettings(
            temperature: temperature ?? (isStandard ? Float(standardTemperature) : 1), topK: topK,
            topP: topP, minP: isStandard ? Float(standardMinP) : minP,
            choiceFrequency: choiceFrequency,
            repetition: repetition ?? standard)
    }

    /// How takes are searched unless told otherwise: three beams and three expansions, as Clara's author
    /// described, and no passage of 12 tokens, some four notes, twice. Without that limit all takes of
    /// 16 bars by the bundled model are endless loops; see Documentation/Decoding.md.
    public static func standardSearch() throws -> BeamSettings {
        try BeamSettings(repetition: RepetitionSettings(noRepeat: 12))
    }

    /// Throws where a number is outside its range.
    public init(
        length: Length, takes: Int, sampling: SamplingSettings, seed: Int, style: String? = nil,
        maximumNotesAtOnce: Int = 10, keepsTempo: Bool = false
    ) throws(OutOfRange) {
        try self.init(
            length: length, takes: takes, method: .sampling(sampling, seed: seed), style: style,
            maximumNotesAtOnce: maximumNotesAtOnce, keepsTempo: keepsTempo)
    }

    /// Throws where a number is outside its range.
    public init(
        length: Length, takes: Int, method: Method, style: String? = nil,
        maximumNotesAtOnce: Int = 10, keepsTempo: Bool = false
    ) throws(OutOfRange) {
        try Self.check(length)
        try Self.check(takes, by: method)
        try OutOfRange.check(maximumNotesAtOnce, of: "--max-notes", in: 1...88)
        self.length = length
        self.takes = takes
        self.method = method
        self.style = style
        self.maximumNotesAtOnce = maximumNotesAtOnce
        self.keepsTempo = keepsTempo
    }

    /// The same in another style.
    func inStyle(_ style: String?) -> ContinuationSettings {
        var settings = self
        settings.style = style
        return settings
    }

    private static func check(_ length: Length) throws(OutOfRange) {
        switch length {
        case .bars(let bars): try OutOfRange.check(bars, of: "--bars", in: 1...1_000)
        case .seconds(let seconds):
            guard seconds > 0, seconds <= 3_600 else {
                throw OutOfRange(
                    flag: "--seconds", legal: "a number above 0 and at most 3600",
                    found: "\(seconds)")
            }
        }
    }

    /// The last take's seed too must be one that makes it again.
    static func checkSeeds(from first: Int, takes: Int) throws(OutOfRange) {
        guard seedRange.contains(first), seedRange.contains(first + takes - 1) else {
            throw OutOfRange(
                flag: "--seed",
                legal: "a whole number from 0 to 2^53, and so the later takes' seeds",
                found: "\(first)")
        }
    }

    private static func check(_ takes: Int, by method: Method) throws(OutOfRange) {
        try OutOfRange.check(takes, of: "--takes", in: 1...64)
        switch method {
        case .sampling(_, let seed):
            try checkSeeds(from: seed, takes: takes)
        case .beams(let settings):
            guard takes <= settings.beams else {
                throw OutOfRange(
                    flag: "--takes", legal: "at most the number of --beams, \(settings.beams)",
                    found: "\(takes)")
            }
        }
    }
}

/// Why a piece could not be continued.
public enum ContinuationError: Error, Hashable, CustomStringConvertible {
    /// Nothing but drums, or nothing at all.
    case noNotes(prompt: String, drumNotes: Int)
    /// Likewise of what is to be accompanied, or put a melody to.
    case nothingGiven(part: String, drumNotes: Int, role: DuetRole)
    /// What is given is not one part of a duet, but both.
    case wholeDuet(piece: String, parts: [String], role: DuetRole, model: String)
    /// The prompt's tempo and meter make the wanted bars or seconds too many notes' time.
    case tooLong(quarters: Int, limit: Int)
    /// What is given, all of which would get another part, is too many notes' time.
    case givenTooLong(quarters: Int, limit: Int)
    /// Beams are ranked by what they have, and would keep silent where a part is given.
    case searchBesideGiven
    /// The continuation would end later than a text can: the prompt is too long, or begins too late.
    case tooLate(quarters: Int, limit: Int)
    case unknownStyle(String, model: String, known: [String])
    /// The model's text has no second instrument.
    case noDuet(model: String, encoding: String)

    public var description: String {
        switch self {
        case .noNotes(let prompt, let drumNotes):
            drumNotes > 0
                ? "\(prompt): has only drums, which Clara does not continue; give a piece with notes"
                : "\(prompt): has no notes; give the beginning of a piece, some bars of it"
        case .nothingGiven(let part, let drumNotes, let role):
            drumNotes > 0
                ? "\(part): has only drums, to which Clara writes no other part; give the "
                    + role.rawValue
                : "\(part): has no notes; give the \(role.rawValue) that the other part is for"
        case .wholeDuet(let piece, let parts, let role, let model):
            "\(piece): has both parts of a duet already (\(parts.joined(separator: ", "))); give a file "
                + "with the \(role.rawValue) alone, or go on from both with clara continue --model "
                + model
        case .givenTooLong(let quarters, let limit):
            "what is given is \(quarters) quarter notes long, but \(limit) is the most; give a part of it"
        case .tooLong(let quarters, let limit):
            "the continuation would be \(quarters) quarter notes long, but \(limit) is the most; "
                + "ask for fewer --bars or --seconds"
        case .searchBesideGiven:
            "a beam search does not look ahead to what is given, and writes next to nothing beside it; leave "
                + "out --beams"
        case .tooLate(let quarters, let limit):
            "the continuation would end \(quarters) quarter notes after the beginning of the prompt, but "
                + "\(limit) is the most; give its last bars alone"
        case .unknownStyle(let style, let model, let known):
            known.isEmpty
                ? "\(model): was told of no styles in training; leave out --style, or train a model "
                    + "with styles (Recipes/README.md)"
                : "\(model): knows no style “\(style)”; it knows \(known.joined(separator: ", "))"
        case .noDuet(let model, let encoding):
            "\(model): writes \(encoding), which has no second instrument to accompany with; give a model "
                + "of duets, such as --model duet"
        }
    }
}
