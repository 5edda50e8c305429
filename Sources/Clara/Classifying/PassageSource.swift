import Encodings
import Networks
import Training

/// Passages as a classifier's trainer sees them: token ids after the start token, in the twelve keys. What the
/// trainer takes for a piece is one passage or a few that come in turn.
struct PassageSource: PieceSource {
    /// So many passages come in turn at most.
    static let turns = 3

    private let passages: [[[UInt16]]]
    private let encoding: any MusicEncoding
    let context: (any StreamContext)?

    /// - Parameters:
    ///   - passages: for each place in an epoch the passages that take it in turn, 1…`turns` of them.
    ///   - withContext: whether they are for a network that is told more than tokens.
    init(_ passages: [[[Int]]], encoding: any MusicEncoding, withContext: Bool) {
        self.passages = passages.map { $0.map { $0.map { UInt16($0) } } }
        self.encoding = encoding
        context = withContext ? encoding.streamContext() : nil
    }

    var count: Int { passages.count }
    var variants: Int { TwelveKeys.shifts.count * Self.turns }
    var vocabulary: Int { encoding.vocabulary.count }
    var startToken: Int32 { Int32(Vocabulary.pieceStart) }

    /// Variants are the shifts 0, 1, … 6, −5, … −1 semitones of the first passage, then of the others.
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        let (turn, key) = variant.quotientAndRemainder(dividingBy: TwelveKeys.shifts.count)
        let passage = passages[piece][turn % passages[piece].count]
        let tokens = encoding.transpose(passage.map { Int($0) }, toVariant: key)
        return [startToken] + tokens.map { Int32($0) }
    }
}
