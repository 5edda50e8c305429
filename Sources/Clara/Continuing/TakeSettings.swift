import Decoding
import Foundation
import Networks
import Score

/// How a take was made, as the text event in its file spells it: enough to make it again.
///
/// Each setting by the name of its flag; of sampling and beam search those of the one that was used.
/// Where the continuation begins in the file is told as well.
public struct TakeSettings: Hashable, Sendable, Codable {
    /// `ModelBundle.hash`.
    public let model: String
    public let precision: WeightPrecision
    public private(set) var seed: Int?
    public private(set) var temperature: Float?
    public private(set) var topK: Int?
    public private(set) var topP: Float?
    public private(set) var minP: Float?
    public private(set) var choiceFrequency: Float?
    /// Which of the beams the take is, counted from 1.
    public private(set) var beam: Int?
    public private(set) var beams: Int?
    public private(set) var expand: Int?
    public private(set) var beamGroups: Int?
    public private(set) var diversity: Float?
    public private(set) var lengthPenalty: Float?
    public let repetitionPenalty: Float?
    public let noRepeat: Int?
    public let repeats: Int?
    /// Whether loops were kept out; nil where not.
    public let noLoops: Bool?
    public let style: String?
    public let maximumNotesAtOnce: Int
    /// Whether the tempo was kept; nil where not.
    public let steady: Bool?
    public let bars: Int?
    public let seconds: Double?
    /// What a piece from nothing began in, such as "3/4"; nil where there was a prompt.
    public let meter: String?
    /// The tempo that it was to begin with, in quarters a minute.
    public let tempo: Double?
    /// What was given to be accompanied, or put a melody to; nil where nothing was.
    public let `as`: DuetRole?
    /// Whether copying was kept to a phrase; nil where not.
    public let original: Bool?
    /// The tick of the take's file where the continuation begins; nil where no file is meant.
    public let seam: Int?

    /// - Parameter seam: where the continuation begins in the take.
    public init(_ continuation: Continuation, origin: Take.Origin, seam: Ticks? = nil) {
        let settings = continuation.settings
        model = continuation.model.hash
        precision = continuation.model.precision
        meter = continuation.opening?.meter.description
        tempo = continuation.opening?.tempo?.quartersPerMinute
        self.as = continuation.role
        original = continuation.original == nil ? nil : true
        self.seam = seam?.count
        let repetition = settings.method.repetition
        repetitionPenalty = repetition.penalty
        noRepeat = repetition.noRepeat
        repeats = repetition.repeats
        noLoops = repetition.noLoops ? true : nil
        style = settings.style
        maximumNotesAtOnce = settings.maximumNotesAtOnce
        steady = settings.keepsTempo ? true : nil
        // What is given tells the length itself.
        switch continuation.role == nil ? settings.length : nil {
        case .bars(let bars): (self.bars, seconds) = (bars, nil)
        case .seconds(let seconds): (bars, self.seconds) = (nil, seconds)
        case nil: (bars, seconds) = (nil, nil)
        }
        switch origin {
        case .seed(let seed): self.seed = seed
        case .beam(let rank): beam = rank
        }
        switch settings.method {
        case .sampling(let sampling, _): set(sampling)
        case .beams(let search): set(search)
        }
    }

    private mutating func set(_ sampling: SamplingSettings) {
        temperature = sampling.temperature
        topK = sampling.topK
        topP = sampling.topP
        minP = sampling.minP
        choiceFrequency = sampling.choiceFrequency
    }

    private mutating func set(_ search: BeamSettings) {
        beams = search.beams
        expand = search.expansions
        beamGroups = search.groups
        diversity = search.diversity
        lengthPenalty = search.lengthPenalty
    }
}

extension TakeSettings {
    /// "Clara " and the settings as JSON.
    var text: String {
        // Numbers and text can always be encoded.
        guard let json = try? JSONEncoder.canonicalText(self) else {
            preconditionFailure("numbers are JSON")
        }
        return TakeText.mark + json
    }

    /// Where in a take's file the continuation begins, as its text event tells; nil where no text does,
    /// as in files that Clara did not write, where that is past the music, or where the take is a part beside one
    /// that was given.
    public static func seam(of score: Score) -> Ticks? {
        struct Seam: Decodable {
            let seam: Int?
            let `as`: String?
        }
        guard let text = score.texts.last(where: TakeText.isOne),
            let told = try? JSONDecoder().decode(
                Seam.self, from: Data(text.dropFirst(TakeText.mark.count).utf8)),
            told.as == nil, let tick = told.seam, tick >= 0, tick < score.end.count
        else { return nil }
        return Ticks(tick)
    }
}

extension ContinuationSettings.Method {
    /// What is done about repetition, in either way of writing.
    var repetition: RepetitionSettings {
        switch self {
        case .sampling(let sampling, _): sampling.repetition
        case .beams(let search): search.repetition
        }
    }
}
