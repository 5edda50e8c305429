/// What one instrument does in one step: the keys that are struck and those that are held, as bits by
/// pitch index. No key is both.
package struct Chord: Hashable, Sendable {
    package var struck: UInt128
    package var held: UInt128

    package init(struck: UInt128 = 0, held: UInt128 = 0) {
        precondition(struck & held == 0, "a key that is struck is not held")
        self.struck = struck
        self.held = held
    }

    /// The keys that sound.
    package var keys: UInt128 { struck | held }
    package var isSilent: Bool { keys == 0 }

    /// Those of the keys that `mask` has.
    func keeping(_ mask: UInt128) -> Chord { Chord(struck: struck & mask, held: held & mask) }

    /// The same keys so many semitones higher. What passes the edges of 128 bits is dropped.
    func transposed(by semitones: Int) -> Chord {
        // A shift by a negative number shifts the other way.
        Chord(struck: struck << semitones, held: held << semitones)
    }

    /// The struck keys, then the held ones, each from the outside in: the highest, the lowest, and the
    /// others downwards. What comes first matters more to the ear.
    var keysByWeight: [UInt128] {
        [struck, held].flatMap { keys in
            var bits = (0..<UInt128.bitWidth).reversed().map { UInt128(1) << UInt128($0) }
                .filter { keys & $0 != 0 }
            if bits.count > 2 { bits.insert(bits.removeLast(), at: 1) }
            return bits
        }
    }
}

/// A chord of one of the instruments.
package struct ChordWord: Hashable, Sendable {
    /// The place of the instrument in the ensemble.
    package let instrument: Int
    package let chord: Chord
}

/// The keys of each of an ensemble's instruments, of which there are two at most.
struct KeysByInstrument: Hashable, Sendable {
    private var first: UInt128 = 0
    private var second: UInt128 = 0

    subscript(instrument: Int) -> UInt128 {
        get { instrument == 0 ? first : second }
        set { if instrument == 0 { first = newValue } else { second = newValue } }
    }

    var count: Int { first.nonzeroBitCount + second.nonzeroBitCount }
}

extension UInt128 {
    /// The positions of the bits that are set, ascending.
    var bitIndices: some Sequence<Int> {
        sequence(state: self) { bits -> Int? in
            guard bits != 0 else { return nil }
            defer { bits &= bits - 1 }
            return bits.trailingZeroBitCount
        }
    }
}
