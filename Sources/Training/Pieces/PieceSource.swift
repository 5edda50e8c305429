import Networks
import Tensors

/// The pieces to train or score on, as token ids; each may come in several variants of itself, such
/// as its transpositions into the twelve keys.
package protocol PieceSource: Sendable {
    /// How many pieces.
    var count: Int { get }
    /// How many variants of each, at least 1; variant 0 is the piece as it stands.
    var variants: Int { get }
    /// The id that every piece begins with and that stands nowhere else.
    var startToken: Int32 { get }

    /// A stream's context before its first token; nil where the network sees tokens only and any
    /// token may follow any.
    var context: (any StreamContext)? { get }
    /// V, the number of token ids.
    var vocabulary: Int { get }

    /// The ids that tell about a piece, such as how far it was transposed, its composer or its style:
    /// they are given to the network, and never asked of it.
    var conditions: Range<Int32> { get }

    /// The ids of a piece, from the start token to the end token.
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32]
}

extension PieceSource {
    package var conditions: Range<Int32> { 0..<0 }

    /// In which variant a piece comes in an epoch, counted from 0: any at first, and then on in steps of 5, so
    /// that all come before one comes again.
    func variant(ofPiece piece: Int, epoch: Int, seed: UInt64) -> Int {
        precondition(variants % 5 != 0, "steps of 5 do not visit all variants")
        var generator = SeededGenerator(seed: seed, stream: UInt64(piece) | 1 << 40)
        return (Int.random(in: 0..<variants, using: &generator) + 5 * epoch) % variants
    }
}

extension Range<Int32> {
    /// What is asked where `token` comes next, of conditions that are this range: −1 for nothing.
    func target(_ token: Int32) -> Int32 { contains(token) ? -1 : token }
}
