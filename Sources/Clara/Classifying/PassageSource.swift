import Encodings
import Networks
import Training

/// Passages as a classifier's trainer sees them: token ids after the start token, in the twelve keys.
struct PassageSource: PieceSource {
    private let passages: [[UInt16]]
    private let encoding: any MusicEncoding
    let context: (any StreamContext)?

    /// - Parameter withContext: whether they are for a network that is told more than tokens.
    init(_ passages: [[Int]], encoding: any MusicEncoding, withContext: Bool) {
        self.passages = passages.map { $0.map { UInt16($0) } }
        self.encoding = encoding
        context = withContext ? encoding.streamContext() : nil
    }

    var count: Int { passages.count }
    var variants: Int { TwelveKeys.shifts.count }
    var vocabulary: Int { encoding.vocabulary.count }
    var startToken: Int32 { Int32(Vocabulary.pieceStart) }

    /// Variants are the shifts 0, 1, … 6, −5, … −1 semitones.
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        let plain = passages[piece].map { Int($0) }
        let shift = TwelveKeys.shift(ofVariant: variant)
        let tokens = shift == 0 ? plain : encoding.transpose(plain, by: shift)
        return [startToken] + tokens.map { Int32($0) }
    }
}
