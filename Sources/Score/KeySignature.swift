/// A key as a key signature tells it.
public struct KeySignature: Hashable, Sendable {
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        case major, minor
    }

    /// How many sharps, −7…7; flats count negative. The key's place on the line of fifths.
    public let sharps: Int
    public let mode: Mode

    /// Returns nil when there are more than seven sharps or flats.
    public init?(sharps: Int, mode: Mode) {
        guard (-7...7).contains(sharps) else { return nil }
        self.sharps = sharps
        self.mode = mode
    }

    private init(unchecked sharps: Int, _ mode: Mode) {
        self.sharps = sharps
        self.mode = mode
    }

    /// C major: no sharps and no flats.
    public static let none = KeySignature(unchecked: 0, .major)

    /// The tonic's place in the octave, 0 (C) … 11 (B).
    public var tonic: Int {
        let fifths = mode == .major ? sharps : sharps + 3
        return ((fifths * 7) % 12 + 12) % 12
    }

    /// The tonic and the mode, such as “E♭ major”.
    public var name: String {
        let fifths = mode == .major ? sharps : sharps + 3
        let letter = Array("FCGDAEB")[((fifths + 1) % 7 + 7) % 7]
        // F…B are the places −1…5; each seven fifths further add a sharp.
        let accidentals = (fifths + 1 - ((fifths + 1) % 7 + 7) % 7) / 7
        let signs = String(repeating: accidentals < 0 ? "♭" : "♯", count: abs(accidentals))
        return "\(letter)\(signs) \(mode.rawValue)"
    }
}
