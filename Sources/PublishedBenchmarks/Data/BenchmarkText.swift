import Networks
import Training

/// How a benchmark's pieces are written as token ids, after the start and the shift.
package protocol BenchmarkText: Sendable {
    associatedtype Piece: Sendable

    /// V, the number of token ids.
    static var vocabulary: Int { get }
    /// How many context ids there are.
    static var contexts: Int { get }
    /// A stream's context before its first token.
    static func context() -> any StreamContext
    /// The ids of a piece, transposed by so many semitones.
    static func tokens(of piece: Piece, shift: Int) -> [Int32]
}

/// A benchmark's pieces to train and to measure on; a variant is a transposition.
package struct BenchmarkPieces<Text: BenchmarkText>: PieceSource {
    package let pieces: [Text.Piece]
    package let variants: Int

    /// - Parameter transposing: whether the pieces come in twelve keys.
    package init(_ text: Text.Type, _ pieces: [Text.Piece], transposing: Bool) {
        self.pieces = pieces
        variants = transposing ? Transposition.shifts.count : 1
    }

    package var count: Int { pieces.count }
    package var startToken: Int32 { Transposition.start }
    package var conditions: Range<Int32> { Transposition.words }
    package var vocabulary: Int { Text.vocabulary }
    package var context: (any StreamContext)? { Text.context() }

    package func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        Text.tokens(of: pieces[piece], shift: Transposition.shift(ofVariant: variant))
    }
}
