import Networks

/// Frames as tokens: of each frame its pitches in ascending order, then an end.
///
/// Where every token that is not higher than the frame's latest pitch is impossible, and the end
/// possible everywhere, −ln p of a frame's tokens, its end included, sums up to −ln p of the set:
/// each set has one spelling. The end of a piece is not written.
package enum FrameText: BenchmarkText {
    /// A piano's keys in twelve keys.
    package static let pitches = Transposition.range(of: FramePieces.pitches)
    /// Ends a frame.
    package static let end = Transposition.firstFreeID
    /// The id of the lowest pitch; the others follow, to the last id.
    package static let firstPitch = end + 1

    package static let vocabulary = firstPitch + pitches.count
    package static var contexts: Int { FrameFeatures.layout.count }
    package static func context() -> any StreamContext { FrameContext() }

    package static func tokens(of piece: FramePieces.Piece, shift: Int) -> [Int32] {
        var tokens = [Transposition.start, Transposition.word(for: shift)]
        for frame in piece {
            for pitch in frame {
                tokens.append(Int32(firstPitch + pitch + shift - pitches.lowerBound))
            }
            tokens.append(Int32(end))
        }
        return tokens
    }
}
