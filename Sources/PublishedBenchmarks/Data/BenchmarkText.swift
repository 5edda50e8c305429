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
    /// In semitones, of each variant.
    let shifts: [Int]

    /// - Parameter shifts: in semitones, of each variant; at least one.
    package init(_ text: Text.Type, _ pieces: [Text.Piece], shifts: [Int] = [0]) {
        precondition(!shifts.isEmpty, "a piece comes in a variant at least")
        self.pieces = pieces
        self.shifts = shifts
    }

    package var count: Int { pieces.count }
    package var variants: Int { shifts.count }
    package var startToken: Int32 { Transposition.start }
    package var conditions: Range<Int32> { Transposition.words }
    package var vocabulary: Int { Text.vocabulary }
    package var context: (any StreamContext)? { Text.context() }

    package func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        Text.tokens(of: pieces[piece], shift: shifts[variant])
    }
}
