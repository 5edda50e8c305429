/// A key of the equal-tempered keyboard, numbered as MIDI does: 60 is middle C, 0…127.
public struct Pitch: Hashable, Sendable, Comparable {
    /// The MIDI note number, 0…127.
    public let number: Int

    /// Returns nil when `number` is outside 0…127.
    public init?(_ number: Int) {
        guard (0...127).contains(number) else { return nil }
        self.number = number
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

    public static func < (a: Pitch, b: Pitch) -> Bool { a.number < b.number }
}
