import Encodings
import Networks
import Training

/// A collection as the trainer sees it: token ids with start and end, transposed on the fly into the
/// twelve keys; where the encoding has styles, told of the piece's own in three cases of four.
struct CorpusPieces: PieceSource {
    private let corpus: Corpus
    private let transposing: Bool
    let context: (any StreamContext)?

    /// - Parameters:
    ///   - transposing: whether each piece has its variants, or only itself, told of no style.
    ///   - withContext: whether they are for a network that is told more than tokens.
    init(_ corpus: Corpus, transposing: Bool, withContext: Bool = true) {
        self.corpus = corpus
        self.transposing = transposing
        context = withContext ? corpus.encoding.streamContext() : nil
    }

    var count: Int { corpus.pieces.count }
    var variants: Int {
        guard transposing else { return 1 }
        return TwelveKeys.shifts.count * (corpus.encoding.styles.isEmpty ? 1 : Self.tellings)
    }

    /// In one of so many variants of a piece in a key no style is told.
    private static let tellings = 4

    var vocabulary: Int { corpus.encoding.vocabulary.count }
    var startToken: Int32 { Int32(Vocabulary.pieceStart) }

    var conditions: Range<Int32> {
        let styles = corpus.encoding.styleTokens
        return Int32(styles.lowerBound)..<Int32(styles.upperBound)
    }

    /// Variants are the shifts 0, 1, … 6, −5, … −1 semitones, without a style; then so with the piece's
    /// styles in turn.
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        let (telling, key) = variant.quotientAndRemainder(dividingBy: TwelveKeys.shifts.count)
        let tokens = corpus.encoding.transpose(
            corpus.pieces[piece].tokens.map { Int($0) }, toVariant: key)
        return [startToken] + style(ofPiece: piece, telling: telling) + tokens.map { Int32($0) }
            + [Int32(Vocabulary.pieceEnd)]
    }

    private func style(ofPiece piece: Int, telling: Int) -> [Int32] {
        let styles = corpus.pieces[piece].styles
        guard telling > 0, !styles.isEmpty else { return [] }
        let token = corpus.encoding.styleToken(styles[(telling - 1) % styles.count])
        return token.map { [Int32($0)] } ?? []
    }
}
