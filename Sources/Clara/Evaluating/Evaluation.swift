import Encodings
import Foundation
import Networks
import Tensors
import Training

/// Measures how well a model foresees a collection of pieces: the use case behind `clara evaluate`.
public struct Evaluation {
    /// Which pieces of a collection are measured.
    public enum Side: String, Hashable, Sendable, Codable, CaseIterable {
        case all
        /// Those that training this model on the same collection held out.
        case validation
        /// Those that it was trained on.
        case training
    }

    /// What an evaluation tells while it works.
    public enum Event: Sendable {
        case reading(files: Int, of: Int)
        /// The share that is done, 0…1.
        case scoring(share: Double)
        case readingBaseline(files: Int, of: Int)
        case countingBaseline
        case scoringBaseline(share: Double)
    }

    /// What came out.
    public struct Outcome: Sendable {
        public let pieces: Int
        public let likelihood: Likelihood
        public let baseline: NGramBaseline.Outcome?
        /// Files of the collection that gave no piece.
        public let skipped: [Corpus.Skipped]
        /// False when the side has another amount of music than it had in training: then these are
        /// other pieces, and some may have been trained on. True for `all`.
        public let isAsInTraining: Bool
    }

    /// T and B of the windows that are scored.
    private static let steps = 128
    private static let streams = 32

    private let model: ModelBundle
    private let music: MusicSource
    private let side: Side
    private let baseline: [String]
    private let baselineInAllKeys: Bool
    private let isAsGenerated: Bool

    /// - Parameters:
    ///   - music: what is measured.
    ///   - baseline: folders that an n-gram model is counted on, to compare with; none if empty.
    ///   - baselineInAllKeys: whether it is counted in the twelve keys that networks are trained in.
    ///   - isAsGenerated: whether the pieces are scored by the model that generates, at the bundle's
    ///     precision, instead of in single precision by the network of training.
    public init(
        of model: ModelBundle, on music: MusicSource, side: Side = .all, baseline: [String] = [],
        baselineInAllKeys: Bool = false, isAsGenerated: Bool = false
    ) {
        self.model = model
        self.music = music
        self.side = side
        self.baseline = baseline
        self.baselineInAllKeys = baselineInAllKeys
        self.isAsGenerated = isAsGenerated
    }

    /// - Parameter onEvent: called from several threads while files are read.
    /// - Throws: `CorpusError`, `EvaluationError`, or `SafetensorsError` when the model is damaged.
    public func run(onEvent: @escaping @Sendable (Event) -> Void = { _ in }) throws -> Outcome {
        let corpus = try Corpus(music, encoding: model.encoding) {
            onEvent(.reading(files: $0, of: $1))
        }
        let pieces = try side.pieces(of: corpus, from: music.names, for: model)
        // Before the long work, so that what is wrong with the baseline's folder is told at once.
        let counts = try baseline.isEmpty ? nil : baselineCounts(apartFrom: pieces, onEvent)
        let scored =
            try isAsGenerated
            ? scoreAsGenerated(pieces) { onEvent(.scoring(share: $0)) }
            : score(pieces) { onEvent(.scoring(share: $0)) }
        guard scored.nats.isFinite else { throw EvaluationError.damaged(model: model.path) }
        let likelihood = Likelihood(
            nats: scored.nats, tokens: scored.tokens, notes: pieces.amount.notes)
        let compared = counts.map { baseline in
            onEvent(.countingBaseline)
            return baseline.score(pieces) { onEvent(.scoringBaseline(share: $0)) }
        }
        return Outcome(
            pieces: pieces.pieces.count, likelihood: likelihood, baseline: compared,
            skipped: corpus.skipped, isAsInTraining: isAsInTraining(pieces))
    }

    private func isAsInTraining(_ pieces: Corpus) -> Bool {
        switch side {
        case .all: true
        case .validation: pieces.amount == model.provenance.validation
        case .training: pieces.amount == model.provenance.training
        }
    }

    private func baselineCounts(
        apartFrom pieces: Corpus, _ onEvent: @escaping @Sendable (Event) -> Void
    ) throws -> NGramBaseline {
        var corpus = try Corpus(baseline, encoding: model.encoding) {
            onEvent(.readingBaseline(files: $0, of: $1))
        }
        let found = corpus.pieces.count
        if side == .validation {
            corpus = try Side.training.pieces(of: corpus, from: baseline, for: model)
        }
        return try NGramBaseline(
            corpus, of: found, apartFrom: pieces, inAllKeys: baselineInAllKeys,
            named: baseline.joined(separator: ", "))
    }

    private func scoreAsGenerated(
        _ corpus: Corpus, progress: @escaping (Double) -> Void
    ) -> PieceScorer.Result {
        let context = model.network.contexts > 0 ? model.encoding.streamContext() : nil
        let source = CorpusPieces(corpus, transposing: false, withContext: context != nil)
        let pieces = (0..<source.count).map { piece in
            source.tokens(ofPiece: piece, variant: 0).map { Int($0) }
        }
        let nats = SequenceScorer(model: model.inference, context: context)
            .score(pieces, progress: progress).reduce(0, +)
        progress(1)
        return PieceScorer.Result(
            nats: nats, tokens: pieces.reduce(0) { $0 + $1.count - 1 })
    }

    /// The state is carried through each piece, from zero.
    private func score(
        _ corpus: Corpus, progress: @escaping (Double) -> Void
    ) throws -> PieceScorer.Result {
        let network = LanguageModel(
            configuration: model.network, weights: try model.weights(), steps: Self.steps,
            streams: min(Self.streams, corpus.pieces.count),
            team: ThreadTeam(threads: ThreadTeam.processorCount))
        let lengths = corpus.pieces.map { $0.tokens.count + 1 }
        let all = lengths.reduce(0, +)
        // Streams in parallel: as long as their share of all, but no shorter than the longest piece.
        let stepsToGo = max(lengths.max() ?? 0, all / network.streams)
        var stepsDone = 0
        let pieces = CorpusPieces(
            corpus, transposing: false, withContext: model.network.contexts > 0)
        return PieceScorer(network).score(pieces) { _ in
            stepsDone += Self.steps
            progress(min(1, Double(stepsDone) / Double(max(1, stepsToGo))))
        }
    }
}

extension Evaluation.Side {
    /// The pieces of `corpus`, which was read from `data`, that are on this side for `model`: those that
    /// it names as held out, or the others.
    func pieces(
        of corpus: Corpus, from data: [String], for model: ModelBundle
    ) throws(EvaluationError) -> Corpus {
        guard self != .all else { return corpus }
        let heldOut = Set(model.provenance.heldOut)
        guard !heldOut.isEmpty else { throw .nothingHeldOut(model: model.path) }
        let pieces = Corpus(
            encoding: corpus.encoding,
            pieces: corpus.pieces.filter { heldOut.contains($0.content) == (self == .validation) })
        guard !pieces.pieces.isEmpty else { throw .emptySide(self, data: data) }
        return pieces
    }
}

/// Why there is nothing to measure or to compare with.
public enum EvaluationError: Error, Hashable, CustomStringConvertible {
    case nothingHeldOut(model: String)
    /// The weights give no usable numbers.
    case damaged(model: String)
    case emptySide(Evaluation.Side, data: [String])
    /// Of the `found` pieces too few are left when those that are measured are taken away.
    case noBaseline(data: String, found: Int, left: Int)

    public var description: String {
        switch self {
        case .nothingHeldOut(let model):
            "\(model): was trained without holding pieces out, so there are no sides to choose from; "
                + "give --split all"
        case .damaged(let model):
            "\(model): gives no usable numbers: its weights are damaged, or its training diverged; "
                + "copy or train it again"
        case .emptySide(let side, let data):
            "\(data.joined(separator: ", ")): no piece there is on the \(side.rawValue) side; give "
                + "--split all, or the music that the model was trained on"
        case .noBaseline(let data, let found, let left):
            "\(data): of its \(found) pieces \(left) are not among those that are measured, and a "
                + "baseline needs two that differ; give more pieces to count, or, where the model "
                + "held some of them out, measure only those, by --split validation"
        }
    }
}
