import Files

/// What three chords in a row are known by in any key and at any tempo: a hash of 16 bits.
///
/// The upper twelve are of the pitches, as intervals from the first chord's lowest note; the lower four
/// of the rhythm, as the proportions of the times between the chords. Prints of neighbouring places
/// overlap; so where several in a row are alike on two sides, chord after chord is, in one
/// transposition and, by all 16 bits, one proportion of tempos.
package struct PassagePrint: Hashable, Sendable {
    /// Chords that a print tells of.
    package static let span = 3

    package let bits: UInt16

    package init(bits: UInt16) { self.bits = bits }

    /// What the pitches make of it.
    var pitches: UInt16 { bits >> 4 }

    /// - Parameter chords: as many as `span`.
    init(_ chords: ArraySlice<ChordSequence.Chord>) {
        let first = chords.startIndex
        let base = chords[first].lowest
        var pitches: UInt64 = 0
        for chord in chords {
            let shape = chord.pitches >> UInt128(chord.lowest)
            pitches = SplitMix64.hash(of: pitches ^ UInt64(truncatingIfNeeded: shape))
            pitches = SplitMix64.hash(of: pitches ^ UInt64(truncatingIfNeeded: shape >> 64))
            pitches = SplitMix64.hash(of: pitches ^ UInt64(chord.lowest - base + 128))
        }
        var waits = (first + 1..<first + Self.span).map {
            chords[$0].step - chords[$0 - 1].step
        }
        let divisor = waits.reduce(0, Self.divisor)
        waits = waits.map { $0 / max(1, divisor) }
        let rhythm = waits.reduce(0) { SplitMix64.hash(of: $0 ^ UInt64(truncatingIfNeeded: $1)) }
        bits = UInt16(pitches >> 52) << 4 | UInt16(rhythm >> 60)
    }

    /// The prints of all stretches of `span` chords, by their first chord.
    static func all(of chords: [ChordSequence.Chord]) -> [PassagePrint] {
        guard chords.count >= span else { return [] }
        return (0...chords.count - span).map { PassagePrint(chords[$0..<$0 + span]) }
    }

    /// The greatest common divisor.
    private static func divisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
