import Baselines
import Encodings

/// The best n-gram model that a collection gives, to compare a network with.
///
/// Order (1…6) and smoothing are chosen on a tenth of the collection; then all of it is counted.
public struct NGramBaseline {
    /// What came out.
    public struct Outcome: Sendable {
        public let order: Int
        /// “kneser-ney” or “witten-bell”
        public let smoothing: String
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

    /// - Parameters:
    ///   - found: how many pieces there were at first, to say how many were left out.
    ///   - measured: the pieces that nothing may be known of.
    ///   - name: what errors call the collection.
    init(
        _ corpus: Corpus, of found: Int, apartFrom measured: Corpus, named name: String
    ) throws(EvaluationError) {
        let others = Self.pieces(of: corpus, apartFrom: measured)
        split = CorpusSplit(others, validationShare: Self.choiceShare)
        self.found = found
        guard !split.training.pieces.isEmpty, !split.validation.pieces.isEmpty else {
            throw .noBaseline(data: name, found: found, left: others.pieces.count)
        }
    }

    /// Without the measured pieces and everything in their groups of duplicates.
    private static func pieces(of corpus: Corpus, apartFrom measured: Corpus) -> Corpus {
        let groups = DuplicateGroups(measured.pieces + corpus.pieces, encoding: corpus.encoding)
            .representatives
        let known = Set(groups.prefix(measured.pieces.count))
        // Short pieces have no group, but may be the same.
        let contents = Set(measured.pieces.map(\.tokens))
        let others = zip(corpus.pieces, groups.dropFirst(measured.pieces.count)).filter {
            !known.contains($1) && !contents.contains($0.tokens)
        }
        return Corpus(encoding: corpus.encoding, pieces: others.map(\.0))
    }

    func score(_ measured: Corpus, progress: (Double) -> Void) -> Outcome {
        let model = NGramModel.best(
            training: Self.sequences(split.training), heldOut: Self.sequences(split.validation),
            vocabularySize: measured.encoding.vocabulary.count)
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
        let counted = split.training.pieces.count + split.validation.pieces.count
        return Outcome(
            order: model.order, smoothing: model.smoothing.rawValue,
            likelihood: Likelihood(nats: nats, tokens: tokens, notes: measured.amount.notes),
            pieces: counted, leftOut: found - counted)
    }

    private static func sequences(_ corpus: Corpus) -> [[Int]] { corpus.pieces.map(sequence) }

    private static func sequence(_ piece: EncodedPiece) -> [Int] {
        [Vocabulary.pieceStart] + piece.tokens.map { Int($0) } + [Vocabulary.pieceEnd]
    }
}
