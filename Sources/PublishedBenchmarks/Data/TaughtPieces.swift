import Networks
import Training

/// A benchmark's pieces with what a teacher expects at each place: the mean of its probabilities over the keys that
/// the pieces come in, which knows more than the teacher does in any one of them.
struct TaughtPieces<Text: BenchmarkText>: PieceSource {
    private let pieces: BenchmarkPieces<Text>
    /// Of each piece as it stands, (n, V) at the n tokens that are asked for.
    private let means: [[Float]]
    let teacherShare: Float?

    /// - Parameters:
    ///   - share: how much of each target is the teacher's.
    ///   - progress: called now and then with the share done, 0…1.
    init(
        _ pieces: BenchmarkPieces<Text>, taughtBy teacher: PieceScorer, share: Float,
        progress: (Double) -> Void
    ) {
        self.pieces = pieces
        teacherShare = share
        let keys = Double(pieces.shifts.count)
        var means: [[Float]] = []
        for (index, shift) in pieces.shifts.enumerated() {
            let inKey = BenchmarkPieces(Text.self, pieces.pieces, shifts: [shift])
            let found = teacher.tokenProbabilities(of: inKey) {
                progress((Double(index) + $0) / keys)
            }
            if index == 0 { means = found.map { [Float](repeating: 0, count: $0.count) } }
            for piece in found.indices {
                Self.forEachToken(of: found[piece], shift: -shift) { from, to in
                    means[piece][to] += found[piece][from] / Float(keys)
                }
            }
        }
        self.means = means
    }

    var count: Int { pieces.count }
    var variants: Int { pieces.variants }
    var startToken: Int32 { pieces.startToken }
    var conditions: Range<Int32> { pieces.conditions }
    var vocabulary: Int { pieces.vocabulary }
    var context: (any StreamContext)? { pieces.context }

    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
        pieces.tokens(ofPiece: piece, variant: variant)
    }

    func expectations(ofPiece piece: Int, variant: Int) -> [Float] {
        // Nothing is expected of the word that tells the key.
        let told = vocabulary
        var rows = [Float](repeating: 0, count: told + means[piece].count)
        Self.forEachToken(of: means[piece], shift: pieces.shifts[variant]) { from, to in
            rows[told + to] = means[piece][from]
        }
        return rows
    }

    /// Calls `body` for each probability that is not 0: with where it stands, and where it does when all is
    /// transposed by so many semitones.
    private static func forEachToken(
        of probabilities: [Float], shift: Int, _ body: (_ from: Int, _ to: Int) -> Void
    ) {
        for row in stride(from: 0, to: probabilities.count, by: Text.vocabulary) {
            for id in 0..<Text.vocabulary where probabilities[row + id] > 0 {
                let isPitch = id >= Text.firstPitch
                let other = isPitch ? id + shift : id
                let range = isPitch ? Text.firstPitch..<Text.vocabulary : 0..<Text.firstPitch
                if range.contains(other) { body(row + id, row + other) }
            }
        }
    }
}
