import Networks
import Tensors
import Training

/// Pieces of two Markov chains over the tokens 1…5: from one to the next comes the step that the chain
/// prefers, 1 or 2 upwards in a circle, in three of five places, else any of the five.
struct ChainPieces: PieceSource {
    let pieces: [[Int32]]
    let labels: [Int]

    var count: Int { pieces.count }
    var variants: Int { 1 }
    var startToken: Int32 { 0 }
    var vocabulary: Int { 6 }
    var context: (any StreamContext)? { nil }

    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] { pieces[piece] }

    init(_ count: Int, lengths: ClosedRange<Int>, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        labels = (0..<count).map { $0 % 2 }
        pieces = labels.map { label in
            var tokens: [Int32] = [0, Int32.random(in: 1...5, using: &generator)]
            let length = Int.random(in: lengths, using: &generator)
            while tokens.count < length {
                let step =
                    generator.uniform() < 0.6
                    ? Int32(1 + label) : Int32.random(in: 0..<5, using: &generator)
                tokens.append(1 + (tokens[tokens.count - 1] - 1 + step) % 5)
            }
            return tokens
        }
    }

    var labelled: LabelledSource { LabelledSource(self, labels: labels) }
}
