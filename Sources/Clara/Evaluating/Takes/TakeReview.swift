import Decoding
import Encodings
import Score

/// Continues many prompts, one take each, and counts the takes that nobody wants to hear: the use
/// case behind `clara review`.
///
/// The prompts come from anywhere in the pieces where enough bars follow, so that the composer's own
/// continuation goes through the same detectors. Where there are fewer pieces than takes, pieces are
/// taken several times, each time at another place.
public struct TakeReview: Sendable {
    /// What a review tells while it works.
    public enum Event: Sendable {
        case reading(files: Int, of: Int)
        /// The latest take, and how many there are now.
        case took(Take, TakeReviewReport.Reviewed, count: Int, of: Int)
    }

    private let model: ModelBundle
    private let draw: PromptDraw
    private let sampling: SamplingSettings
    private let search: BeamSettings?

    /// - Parameters:
    ///   - music: where prompts come from.
    ///   - count: how many takes, 1…10,000.
    ///   - promptBars: 1…1000.
    ///   - continuationBars: 1…1000.
    ///   - search: searches for the takes instead of sampling them.
    ///   - seed: chooses the prompts; take k, counted from 0, has the seed `seed` + k.
    /// - Throws: `OutOfRange` for a number outside its range.
    public init(
        of model: ModelBundle, on music: MusicSource, side: Evaluation.Side = .validation,
        count: Int = 100, promptBars: Int = 8, continuationBars: Int = 16,
        sampling: SamplingSettings, search: BeamSettings? = nil, seed: Int = 1
    ) throws(OutOfRange) {
        draw = try PromptDraw(
            of: count, from: music, side: side, promptBars: promptBars,
            continuationBars: continuationBars, seed: seed)
        self.model = model
        self.sampling = sampling
        self.search = search
    }

    /// - Parameter onEvent: called from several threads while files are read.
    /// - Throws: `CorpusError`, `EvaluationError`, `TakeReviewError` where no piece gives a prompt,
    ///   or `GenerationError` when the model gives no usable numbers.
    public func run(
        onEvent: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws -> TakeReviewReport {
        let corpus = try Corpus(draw.music, encoding: model.encoding) {
            onEvent(.reading(files: $0, of: $1))
        }
        let (prompts, skipped) = try draw.prompts(from: draw.pieces(of: corpus, for: [model]))
        var report = TakeReviewReport(
            promptBars: draw.promptBars, continuationBars: draw.continuationBars,
            sampling: search == nil ? sampling : nil, search: search, skipped: skipped)
        for (index, prompt) in prompts.enumerated() {
            let (take, reviewed) = try review(prompt, seed: draw.seed + index)
            report.add(reviewed)
            onEvent(.took(take, reviewed, count: index + 1, of: prompts.count))
        }
        return report
    }

    private func review(
        _ prompt: ReviewPrompt, seed: Int
    ) throws -> (take: Take, reviewed: TakeReviewReport.Reviewed) {
        let settings = try ContinuationSettings(
            length: .bars(draw.continuationBars), takes: 1,
            method: search.map { .beams($0) } ?? .sampling(sampling, seed: seed))
        let take = try prompt.take(by: model, settings)
        let sample = WrittenSample(take.score, endingAt: take.end, after: prompt, seed: seed)
        let written = Passage(sample.seam..<sample.end, of: sample.score)
        return (
            take,
            TakeReviewReport.Reviewed(
                path: prompt.path, bar: prompt.firstBar, seed: take.seed, notes: take.notes,
                tokens: take.tokens, logProbability: take.logProbability,
                faults: TakeFault.all(in: written), humanFaults: TakeFault.all(in: prompt.human))
        )
    }
}

/// Why no take could be reviewed.
public enum TakeReviewError: Error, Hashable, CustomStringConvertible {
    case noPrompts(data: [String], skipped: [TakeReviewReport.Skipped])

    public var description: String {
        switch self {
        case .noPrompts(let data, let skipped):
            "\(data.joined(separator: ", ")): none of the \(skipped.count) pieces there gives a "
                + "prompt; the first, \(skipped.first.map { "\($0.path): \($0.reason)" } ?? "none"); "
                + "give longer pieces, or ask for fewer bars"
        }
    }
}
