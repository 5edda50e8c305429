import Encodings
import MIDIFile
import Score
import Tensors

/// Some bars of a piece to be continued, and how its composer continued them.
package struct ReviewPrompt: Sendable {
    package let path: String
    /// The bar of the piece, counted from 1, with which the prompt begins.
    package let firstBar: Int
    /// The prompt, moved to time zero; notes end at its last bar line at the latest. Later changes
    /// of meter and tempo stay, so that its continuation has the bars of the composer's.
    package let score: Score
    /// The bar line where the prompt ends.
    package let seam: Ticks
    /// The composer's bars after the prompt, on the encoding's grid like the model's: the notes that
    /// begin there.
    package let human: Passage
    /// The prompt and those bars as the composer wrote them, likewise on the grid; more may follow.
    package let composed: Score
    /// The bar line where the composer's bars end.
    package let end: Ticks

    /// How a model continues it.
    ///
    /// - Parameter settings: for one take.
    /// - Throws: `ContinuationError`, or `GenerationError` when the model gives no usable numbers.
    func take(by model: ModelBundle, _ settings: ContinuationSettings) throws -> Take {
        let takes = try Continuation(of: score, named: path, by: model, settings: settings).takes()
        guard let take = takes.first else { preconditionFailure("one take was asked for") }
        return take
    }
}

/// Draws prompts from one piece: places in it where enough bars follow.
package struct ReviewPromptSource {
    /// Why a piece has no such place.
    package struct Unfit: Error {
        package let reason: String
    }

    /// Draws before a piece is given up, all of whose prompts seem to end in a rest.
    private static let draws = 16

    package let path: String
    private let piece: Score
    private let encoding: any MusicEncoding
    private let promptBars: Int
    private let continuationBars: Int
    /// How many bars of the piece can be the first of a prompt.
    private let places: Int

    package init(
        path: String, encoding: any MusicEncoding, promptBars: Int, continuationBars: Int
    ) throws(Unfit) {
        self.path = path
        self.encoding = encoding
        self.promptBars = promptBars
        self.continuationBars = continuationBars
        do {
            var piece = try MIDIFile.read(contentsOf: path).score
            piece.parts.removeAll(where: \.isDrums)
            self.piece = piece.resolution(divisibleBy: encoding.stepsPerQuarter)
        } catch {
            throw Unfit(reason: "\(error)")
        }
        places = piece.barCount - promptBars - continuationBars + 1
        guard places > 0 else {
            throw Unfit(
                reason: "it has \(piece.barCount) bars, too few for a prompt of \(promptBars) and "
                    + "the \(continuationBars) after it")
        }
    }

    /// A prompt from anywhere in the piece.
    package func draw(using generator: inout SeededGenerator) throws(Unfit) -> ReviewPrompt {
        for _ in 0..<Self.draws {
            let place = Int.random(in: 0..<places, using: &generator)
            if let prompt = prompt(at: place) { return prompt }
        }
        throw Unfit(
            reason: "nothing sounds in the last bar of any of the \(Self.draws) prompts tried")
    }

    /// - Parameter place: bars before the prompt.
    /// - Returns: nil where the prompt's last bar is empty: its continuation would begin earlier.
    package func prompt(at place: Int) -> ReviewPrompt? {
        let ticks = piece.ticksPerQuarter
        let start = piece.meterMap.barLine(place, after: .zero, ticksPerQuarter: ticks)
        var score = piece.suffix(from: start)
        let meters = score.meterMap
        let seam = meters.barLine(promptBars, after: .zero, ticksPerQuarter: ticks)
        let end = meters.barLine(continuationBars, after: seam, ticksPerQuarter: ticks)
        let composed = onGrid(score)
        score.parts = score.parts.map { $0.notes(before: seam) }
        guard meters.barLine(atOrAfter: score.end, ticksPerQuarter: ticks) == seam else {
            return nil
        }
        return ReviewPrompt(
            path: path, firstBar: place + 1, score: score, seam: seam,
            human: Passage(seam..<end, of: composed), composed: composed, end: end)
    }

    /// The same music with its notes as the encoding keeps them.
    private func onGrid(_ score: Score) -> Score {
        let (kept, _) = encoding.decode(
            encoding.encode(score).tokens, ticksPerQuarter: score.ticksPerQuarter, rule: .unlimited)
        var score = score
        score.parts = kept.parts
        return score
    }
}
