import Baselines
import Decoding
import Files
import Foundation
import Measures
import Score

/// Compares continuations by models with the composers' own: the use case behind `clara benchmark
/// samples`.
///
/// Every model continues the same prompts, drawn as for `TakeReview` from pieces that all of them held
/// out. An n-gram model, counted on the other pieces, continues them too, under the same grammar and with
/// the same settings.
public struct SamplesBenchmark: Sendable {
    /// What it tells while it works.
    public enum Event: Sendable {
        case reading(files: Int, of: Int)
        /// The n-gram model, and the music that runs may be copied from.
        case counting
        case wrote(continuations: Int, of: Int)
        case measured(continuations: Int, of: Int)
        /// Sets beside sets.
        case comparing
    }

    let models: [ModelBundle]
    let draw: PromptDraw
    let sampling: SamplingSettings

    /// - Parameters:
    ///   - models: at least one; the first one's encoding says on which grid the composers' bars are.
    ///   - music: where prompts come from, and what the n-gram model is counted on.
    ///   - count: how many prompts, 1…10,000.
    ///   - promptBars: 1…1000.
    ///   - continuationBars: 1…1000.
    ///   - seed: chooses the prompts; take k, counted from 0, has the seed `seed` + k.
    /// - Throws: `OutOfRange` for a number outside its range.
    public init(
        of models: [ModelBundle], on music: MusicSource, side: Evaluation.Side = .validation,
        count: Int = 200, promptBars: Int = 8, continuationBars: Int = 16,
        sampling: SamplingSettings, seed: Int = 1
    ) throws(OutOfRange) {
        precondition(!models.isEmpty, "somebody has to write")
        draw = try PromptDraw(
            of: count, from: music, side: side, promptBars: promptBars,
            continuationBars: continuationBars, seed: seed)
        self.models = models
        self.sampling = sampling
    }

    /// - Parameter onEvent: called from several threads while files are read and takes are measured.
    /// - Throws: `CorpusError`, `EvaluationError`, `TakeReviewError` where no piece gives a prompt,
    ///   `OriginalityError` where the index beside the model is damaged, or `GenerationError`.
    public func run(
        onEvent: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws -> SamplesReport {
        let corpus = try Corpus(draw.music, encoding: models[0].encoding) {
            onEvent(.reading(files: $0, of: $1))
        }
        let pieces = try draw.pieces(of: corpus, for: models)
        let (prompts, skipped) = try draw.prompts(from: pieces)
        onEvent(.counting)
        let training = try training(of: corpus)
        let counted = try training.map {
            try ngram(on: $0, of: corpus.pieces.count, apartFrom: pieces)
        }
        let source = try originalitySource(training)
        let authors = try written(prompts, ngram: counted?.writer, onEvent)
        let samples = measured(authors, comparedWith: source, onEvent)
        onEvent(.comparing)
        let comparison = SamplesComparison(
            prompts: prompts, groups: Self.groups(of: prompts, in: pieces),
            isCompared: source != nil, seed: draw.seed)
        return SamplesReport(
            columns: comparison.columns(
                zip(authors, samples).map { ($0.name, $0.hash, $1) }),
            data: draw.music.names, side: draw.side,
            prompts: prompts.count, pieces: Set(prompts.map(\.path)).count,
            promptBars: draw.promptBars, continuationBars: draw.continuationBars,
            sampling: sampling, seed: draw.seed, ngram: counted?.figures,
            comparedWith: source?.names, skipped: skipped)
    }

    /// - Parameter found: how many pieces there were at first.
    private func ngram(
        on training: Corpus, of found: Int, apartFrom measured: Corpus
    ) throws -> (writer: NGramWriter, figures: SamplesReport.NGram) {
        let baseline = try NGramBaseline(
            training, of: found, apartFrom: measured, inAllKeys: false,
            named: draw.music.names.joined(separator: ", "))
        let model = baseline.bestModel()
        return (
            NGramWriter(model),
            SamplesReport.NGram(
                order: model.order, smoothing: model.smoothing.rawValue,
                pieces: baseline.pieceCount)
        )
    }

    /// The pieces that the first model was trained on; nil where there are no sides.
    private func training(of corpus: Corpus) throws -> Corpus? {
        guard draw.side == .validation else { return nil }
        return try Evaluation.Side.training.pieces(
            of: corpus, from: draw.music.names, for: models[0])
    }

    /// The index beside the first model, or the pieces that it was trained on.
    private func originalitySource(_ training: Corpus?) throws -> OriginalitySource? {
        let index = OriginalitySource.path(besideModel: models[0].path)
        if FileManager.default.fileExists(atPath: index) {
            return try OriginalitySource(index: index)
        }
        return try training.map {
            try OriginalitySource(reading: MusicSource($0.pieces.map(\.path)))
        }
    }

    /// A number for each prompt: the same for those of one piece, and of duplicates of it.
    private static func groups(of prompts: [ReviewPrompt], in pieces: Corpus) -> [Int] {
        let groups = pieces.duplicateGroups
        return prompts.map { groups[$0.path] ?? 0 }
    }

    private func measured(
        _ authors: [SampleAuthor], comparedWith source: OriginalitySource?,
        _ onEvent: @escaping @Sendable (Event) -> Void
    ) -> [[MeasuredSample]] {
        let all = authors.flatMap(\.samples).concurrentMap(
            progress: { onEvent(.measured(continuations: $0, of: $1)) }
        ) { MeasuredSample($0, comparedWith: source) }
        var start = 0
        return authors.map { author in
            defer { start += author.samples.count }
            return Array(all[start..<start + author.samples.count])
        }
    }
}
