import Score

/// The stretch of the keyboard that an encoding has words for. A pitch's index counts from its
/// lowest key.
package struct PitchRange: Hashable, Sendable {
    /// The MIDI note number of index 0 (Clara's "offset").
    package let lowest: Int
    /// Number of keys: 38, 62 or 88.
    package let count: Int

    private init(lowest: Int, count: Int) {
        self.lowest = lowest
        self.count = count
    }

    /// MIDI 45…82.
    package static let keys38 = PitchRange(lowest: 45, count: 38)
    /// MIDI 33…94, Clara's default.
    package static let keys62 = PitchRange(lowest: 33, count: 62)
    /// MIDI 21…108, the whole piano; not one of Clara's.
    package static let keys88 = PitchRange(lowest: 21, count: 88)

    package static let all: [PitchRange] = [keys38, keys62, keys88]

    package func contains(_ pitch: Pitch) -> Bool {
        (lowest..<lowest + count).contains(pitch.number)
    }

    /// The index of the pitch, 0..<count, after moving it by octaves until it is inside. Every range
    /// spans more than an octave, so that there always is one.
    package func index(of pitch: Pitch) -> Int {
        var index = pitch.number - lowest
        if index < 0 { index += (11 - index) / 12 * 12 }
        if index >= count { index -= (index - count + 12) / 12 * 12 }
        return index
    }

    /// The pitch at `index`, which must be in 0..<count.
    package func pitch(at index: Int) -> Pitch {
        guard (0..<count).contains(index), let pitch = Pitch(lowest + index) else {
            preconditionFailure("index \(index) is outside the range's 0..<\(count)")
        }
        return pitch
    }
}
