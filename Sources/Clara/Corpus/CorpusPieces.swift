import Encodings
import Networks
import Training

/// A collection as the trainer sees it: token ids with start and end, transposed on the fly into the
/// twelve keys.
struct CorpusPieces: PieceSource {
    private let corpus: Corpus
    private let transposing: Bool
    let context: (any StreamContext)?

    /// - Parameters:
    ///   - transposing: whether each piece has its twelve variants, or only itself.
    ///   - withContext: whether they are for a network that is told more than tokens.
    init(_ corpus: Corpus, transposing: Bool, withContext: Bool = true) {
        self.corpus = corpus
        self.transposing = transposing
        context = withContext ? corpus.encoding.streamContext() : nil
    }

    var count: Int { corpus.pieces.count }
    var variants: Int { transposing ? TwelveKeys.shifts.count : 1 }
    var vocabulary: Int { corpus.encoding.vocabulary.count }
    var startToken: Int32 { Int32(Vocabulary.pieceStart) }

    /// Variants are the shifts 0, 1, … 6, −5, … −1 semitones.
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        let highest = TwelveKeys.shifts.upperBound
        let shift = variant <= highest ? variant : variant - TwelveKeys.shifts.count
        let plain = corpus.pieces[piece].tokens.map { Int($0) }
        let tokens = shift == 0 ? plain : corpus.encoding.transpose(plain, by: shift)
        return [startToken] + tokens.map { Int32($0) } + [Int32(Vocabulary.pieceEnd)]
    }
}
