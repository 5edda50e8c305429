import Networks

/// Chorales as tokens: of each sixteenth the soprano's pitch or rest, then the alto's, the tenor's and
/// the bass's. The end of a piece is not written.
package enum ChoraleText: BenchmarkText {
    /// The voices' range in twelve keys.
    package static let pitches = Transposition.range(of: ChoralePieces.pitches)
    package static let rest = Transposition.firstFreeID
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
}
