import Networks

/// Chorales as tokens: of each sixteenth the soprano's pitch or rest, then the alto's, the tenor's and
/// the bass's. The end of a piece is not written.
package enum ChoraleText: BenchmarkText {
    /// The voices' range in twelve keys.
    static let pitches = Transposition.range(of: ChoralePieces.pitches)
    static let rest = Transposition.firstFreeID
    package static let firstPitch = rest + 1
    /// A rest, and each pitch: what a voice can have.
    static let values = 1 + pitches.count

    package static let vocabulary = rest + values
    package static var contexts: Int { ChoraleFeatures.layout.count }
    package static func context() -> any StreamContext { ChoraleContext() }

    package static func tokens(of piece: ChoralePieces.Piece, shift: Int) -> [Int32] {
        var tokens = [Transposition.start, Transposition.word(for: shift)]
        for pitch in piece.joined() {
            tokens.append(Int32(rest + (pitch.map { $0 + shift - pitches.lowerBound + 1 } ?? 0)))
        }
        return tokens
    }

    /// The steps that a text writes, and how far they are transposed in it; nil where it is none.
    package static func piece(
        of tokens: [Int32]
    ) -> (piece: ChoralePieces.Piece, shift: Int)? {
        guard tokens.count > 1, tokens[0] == Transposition.start,
            let shift = Transposition.shift(ofWord: Int(tokens[1])),
            tokens.count % ChoralePieces.voices == 2
        else { return nil }
        var steps: ChoralePieces.Piece = []
        for first in stride(from: 2, to: tokens.count, by: ChoralePieces.voices) {
            var step: [Int?] = []
            for token in tokens[first..<first + ChoralePieces.voices] {
                let value = Int(token) - rest
                let pitch = value - 1 + pitches.lowerBound - shift
                guard value == 0 || ChoralePieces.pitches.contains(pitch) else { return nil }
                step.append(value == 0 ? nil : pitch)
            }
            steps.append(step)
        }
        return (steps, shift)
    }
}
