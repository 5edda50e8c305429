import Score
import Similarity

/// SplitMix64 (Steele, Lea and Flood 2014), for seeded pieces.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

func composed(seed: UInt64) -> Score {
    var generator = Generator(state: seed &* 7919)
    return ComposedPiece.compose(using: &generator)
}

func varied(_ score: Score, _ kind: PieceVariation, seed: UInt64 = 1) -> Fingerprint {
    var generator = Generator(state: seed)
    return Fingerprint(of: kind.applied(to: score, using: &generator))
}

func note(_ pitch: Int, at onset: Int, lasting duration: Int = 480) -> Note {
    guard let pitch = Pitch(pitch) else { preconditionFailure("\(pitch) is no pitch") }
    return Note(pitch: pitch, onset: Ticks(onset), duration: Ticks(duration))
}
