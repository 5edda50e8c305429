import Networks

/// Pieces whose classes are known, to train or score a classifier on.
package struct LabelledSource: Sendable {
    package let pieces: any PieceSource
    /// The class of each piece, counted from 0.
    package let labels: [Int]

    package init(_ pieces: any PieceSource, labels: [Int]) {
        precondition(pieces.count == labels.count, "one label a piece")
        precondition(pieces.count > 0, "there must be a piece")
        self.pieces = pieces
        self.labels = labels
    }

    package var count: Int { labels.count }

    /// The places of each piece as it stands.
    var lengths: [Int] {
        (0..<count).map { pieces.tokens(ofPiece: $0, variant: 0).count }
    }

    /// The places of the longest piece in any variant.
    var longest: Int {
        (0..<count).reduce(0) { longest, piece in
            (0..<pieces.variants).reduce(longest) {
                max($0, pieces.tokens(ofPiece: piece, variant: $1).count)
            }
        }
    }

    /// The given pieces, each in one of its variants, as a batch.
    func batch(_ members: [Int], variant: (_ piece: Int) -> Int) -> SequenceBatch {
        SequenceBatch(
            members.map { pieces.tokens(ofPiece: $0, variant: variant($0)) },
            labels: members.map { labels[$0] }, resetToken: pieces.startToken,
            context: pieces.context)
    }
}
