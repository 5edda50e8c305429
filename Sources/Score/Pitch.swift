/// A key of the equal-tempered keyboard, numbered as MIDI does: 60 is middle C, 0…127.
public struct Pitch: Hashable, Sendable, Comparable {
    // A byte, so that notes stay small.
    @usableFromInline let byte: UInt8

    /// The MIDI note number, 0…127.
    @inlinable public var number: Int { Int(byte) }

    /// Returns nil when `number` is outside 0…127.
    @inlinable
    public init?(_ number: Int) {
        guard (0...127).contains(number) else { return nil }
        byte = UInt8(truncatingIfNeeded: number)
    }

    /// - Parameter byte: 0…127.
    @inlinable
    package init(byte: UInt8) {
        precondition(byte <= 127, "a pitch is 0…127")
        self.byte = byte
    }

    /// Letter and octave as pianists write them, with sharps: “C4” is middle C.
    public var name: String {
        let letters = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"]
        return "\(letters[number % 12])\(number / 12 - 1)"
    }

    /// This pitch `semitones` higher (lower when negative); nil past either end of 0…127.
    public func transposed(by semitones: Int) -> Pitch? {
        guard (-127...127).contains(semitones) else { return nil }
        return Pitch(number + semitones)
    }

    @inlinable public static func < (a: Pitch, b: Pitch) -> Bool { a.byte < b.byte }
}
