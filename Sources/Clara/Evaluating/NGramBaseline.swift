import Baselines
import Encodings
import Similarity

/// The best n-gram model that a collection gives, to compare a network with.
///
/// Order (1…6) and smoothing are chosen on a tenth of the collection; then all of it is counted,
/// as it stands or in all twelve keys, in which networks are trained: a stronger model, for twelve
/// times the time and memory.
public struct NGramBaseline {
    /// What came out.
    public struct Outcome: Sendable {
        public let order: Int
        /// “kneser-ney” or “witten-bell”
        public let smoothing: String
        /// In how many keys each piece was counted: 1 or 12.
        public let keys: Int
        /// The very tokens that the network was measured on.
        public let likelihood: Likelihood
        /// How many pieces were counted.
        public let pieces: Int
        /// How many pieces of the collection were not, for they are measured themselves, are
        /// duplicates of measured ones, or were held out in training too.
        public let leftOut: Int
    }

    /// The share of the pieces that order and smoothing are chosen on.
    private static let choiceShare = 0.1

    private let split: CorpusSplit
    private let found: Int
    private let inAllKeys: Bool

    /// - Parameters:
    ///   - found: how many pieces there were at first, to say how many were left out.
    ///   - measured: the pieces that nothing may be known of.
    ///   - name: what errors call the collection.
    init(
        _ corpus: Corpus, of found: Int, apartFrom measured: Corpus, inAllKeys: Bool,
        named name: String
    ) throws(EvaluationError) {
        let others = Self.pieces(of: corpus, apartFrom: measured)
        split = CorpusSplit(others, validationShare: Self.choiceShare)
        self.found = found
        self.inAllKeys = inAllKeys
        guard !split.training.pieces.isEmpty, !split.validation.pieces.isEmpty else {
            throw .noBaseline(data: name, found: found, left: others.pieces.count)
        }
    }

    /// Without the measured pieces and everything in their groups of duplicates.
    private static func pieces(of corpus: Corpus, apartFrom measured: Corpus) -> Corpus {
        let groups = DuplicateGroups(
            (measured.pieces + corpus.pieces).map(\.fingerprint)
        ).representatives
        let known = Set(groups.prefix(measured.pieces.count))
        // Short pieces have no group, but may be the same.
        let contents = Set(measured.pieces.map(\.content))
        let others = zip(corpus.pieces, groups.dropFirst(measured.pieces.count)).filter {
            !known.contains($1) && !contents.contains($0.content)
        }
        return Corpus(encoding: corpus.encoding, pieces: others.map(\.0))
    }

    func score(_ measured: Corpus, progress: (Double) -> Void) -> Outcome {
        let model = bestModel()
        var nats = 0.0
        var tokens = 0
        let all = measured.pieces.reduce(0) { $0 + $1.tokens.count + 1 }
        for piece in measured.pieces {
            let sequence = Self.sequence(piece)
            nats += model.negativeLogLikelihood(of: sequence)
            // The start token is given, not foreseen.
            tokens += sequence.count - 1
            progress(Double(tokens) / Double(all))
        }
        let counted = pieceCount
        return Outcome(
            order: model.order, smoothing: model.smoothing.rawValue, keys: variants,
            likelihood: Likelihood(nats: nats, tokens: tokens, notes: measured.amount.notes),
            pieces: counted, leftOut: found - counted)
    }

    /// The model that is best on the tenth, counted on all.
    func bestModel() -> NGramModel {
        let vocabulary = split.training.encoding.vocabulary.count
        let training = sequences(split.training)
        let trials = NGramModel.trials(
            training: training, heldOut: split.validation.pieces.map(Self.sequence),
            vocabularySize: vocabulary)
        guard let best = trials.min(by: { $0.natsPerToken < $1.natsPerToken }) else {
            preconditionFailure("there is a trial for every order")
        }
        return NGramModel(
            order: best.order, smoothing: best.smoothing, vocabularySize: vocabulary,
            sequences: training + sequences(split.validation))
    }

    /// How many pieces are counted.
    var pieceCount: Int { split.training.pieces.count + split.validation.pieces.count }

    private var variants: Int { inAllKeys ? TwelveKeys.shifts.count : 1 }

    private func sequences(_ corpus: Corpus) -> [[Int]] {
        let pieces = CorpusPieces(corpus, transposing: inAllKeys)
        return (0..<pieces.count).flatMap { piece in
            (0..<variants).map { pieces.tokens(ofPiece: piece, variant: $0).map { Int($0) } }
        }
    }

    private static func sequence(_ piece: EncodedPiece) -> [Int] {
        [Vocabulary.pieceStart] + piece.tokens.map { Int($0) } + [Vocabulary.pieceEnd]
    }
}
