import Networks
import Tensors
import Training

/// Pieces whose every token, but the start, says which piece and which variant it is of.
struct LabelledPieces: PieceSource {
    let lengths: [Int]
    let variants: Int
    var context: (any StreamContext)?

    var count: Int { lengths.count }
    var startToken: Int32 { 0 }
    var vocabulary: Int { 1 + count * variants }

    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        [0] + Array(repeating: Int32(1 + piece * variants + variant), count: lengths[piece])
    }
}

/// Pieces of a source whose entropy is known: from a token 1…4 the next but one follows with
/// probability 0.25, the end (5) with 0.05, else the next.
struct ToyPieces: PieceSource {
    let pieces: [[Int32]]
    var context: (any StreamContext)?

    var count: Int { pieces.count }
    var variants: Int { 1 }
    var startToken: Int32 { 0 }
    var vocabulary: Int { 6 }
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] { pieces[piece] }

    init(_ count: Int, seed: UInt64, context: (any StreamContext)? = nil) {
        var generator = SeededGenerator(seed: seed)
        pieces = (0..<count).map { _ in
            var tokens: [Int32] = [0, 1]
            while let last = tokens.last, last != 5 {
                let chance = generator.uniform()
                tokens.append(chance < 0.05 ? 5 : 1 + (last - 1 + (chance < 0.3 ? 2 : 1)) % 4)
            }
            return tokens
        }
        self.context = context
    }

    /// −ln p of all pieces under the rule they were made by.
    var nats: Double {
        pieces.reduce(0.0) { total, tokens in
            zip(tokens, tokens.dropFirst()).reduce(total) { total, pair in
                if pair.0 == 0 { return total }
                if pair.1 == 5 { return total + 2.995732 }
                return total + ((pair.1 - pair.0 + 4) % 4 == 1 ? 0.356675 : 1.386294)
            }
        }
    }
}

/// A context for tests, with 4 ids: the tokens since the piece's start, mod 4. A start may not follow.
struct PlaceContext: StreamContext {
    static let count = 4
    private var place = 0

    mutating func advance(_ token: Int) { place = token == 0 ? 0 : place + 1 }
    func appendIDs(to ids: inout [Int32]) { ids.append(Int32(place % 4)) }
    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        for token in allowed.indices { allowed[token] = token != 0 }
    }
}

/// All of a window, to compare.
func contents(_ window: TokenWindow) -> [[Int]] {
    [
        window.inputs.map { Int($0) }, window.targets.map { Int($0) },
        window.contexts.ids.map { Int($0) }, window.contexts.starts,
        window.allowed.map { $0 ? 1 : 0 },
    ]
}

extension PieceStreams {
    /// The next `steps` steps of every stream, in a window of their own.
    mutating func next(_ steps: Int) -> TokenWindow {
        var window = window(steps: steps)
        next(steps, into: &window)
        return window
    }
}
