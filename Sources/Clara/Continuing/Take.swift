import Foundation
import Networks
import Score

/// One continuation of a prompt.
public struct Take: Sendable {
    /// Makes this take again as the only one.
    public let seed: Int
    /// The prompt and the new notes, or the new notes only; the settings as a text.
    public let score: Score
    /// The bar line where it ends, in the score's ticks.
    public let end: Ticks
    /// New notes.
    public let notes: Int
    /// Tokens that the model wrote.
    public let tokens: Int
    /// The sum over the tokens of ln p under the model, at temperature 1, in nats.
    public let logProbability: Double
    /// Seconds from the start of generating until this take was complete.
    public let generatingSeconds: Double

    /// The mean of ln p over the notes, their releases and waits included, in nats.
    public var logProbabilityPerNote: Double { logProbability / Double(max(1, notes)) }
    public var tokensPerSecond: Double { Double(tokens) / max(1e-9, generatingSeconds) }
}

/// How a take was made, as the text event in its file spells it: enough to make it again.
public struct TakeSettings: Hashable, Sendable, Codable {
    /// `ModelBundle.hash`.
    public let model: String
    public let seed: Int
    public let temperature: Float
    public let topK: Int?
    public let topP: Float?
    public let minP: Float?
    public let choiceFrequency: Float?
    public let maximumNotesAtOnce: Int
    public let bars: Int?
    public let seconds: Double?

    init(_ settings: ContinuationSettings, seed: Int, model: String) {
        self.model = model
        self.seed = seed
        temperature = settings.sampling.temperature
        topK = settings.sampling.topK
        topP = settings.sampling.topP
        minP = settings.sampling.minP
        choiceFrequency = settings.sampling.choiceFrequency
        maximumNotesAtOnce = settings.maximumNotesAtOnce
        switch settings.length {
        case .bars(let bars): (self.bars, seconds) = (bars, nil)
        case .seconds(let seconds): (bars, self.seconds) = (nil, seconds)
        }
    }
}

extension TakeSettings {
    /// "Clara " and the settings as JSON.
    var text: String {
        // Numbers and text can always be encoded.
        guard let json = try? JSONEncoder.canonicalText(self) else {
            preconditionFailure("numbers are JSON")
        }
        return Self.mark + json
    }

    /// Whether a text is the settings of some take, as in a take that is continued again.
    static func isText(_ text: String) -> Bool { text.hasPrefix(mark + "{") }

    private static let mark = "Clara "
}
