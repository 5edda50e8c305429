import Score

/// A pitch with the name that it is written by.
package struct SpelledPitch: Hashable, Sendable {
    /// The place of the name on the line of fifths: C is 0, G 1, F −1, F♯ 6.
    package let fifths: Int
    package let pitch: Pitch

    /// - Parameter fifths: a place whose name sounds as `pitch`; seven times it is congruent to the
    ///   pitch's number modulo 12.
    init(_ pitch: Pitch, fifths: Int) {
        precondition((fifths * 7 - pitch.number) % 12 == 0, "the name of another pitch")
        self.pitch = pitch
        self.fifths = fifths
    }

    /// 0 (C) … 6 (B)
    var step: Int { (fifths * 4 % 7 + 7) % 7 }

    var letter: String { ["C", "D", "E", "F", "G", "A", "B"][step] }

    /// Sharps; flats are negative.
    package var alter: Int { Int((Double(fifths + 1) / 7).rounded(.down)) }

    /// The octave of the written name: C♭5 sounds as B4.
    var octave: Int { Int((Double(pitch.number - alter) / 12).rounded(.down)) - 1 }

    /// Diatonic steps above C0.
    var diatonic: Int { octave * 7 + step }

    /// Such as “F♯4”.
    package var name: String {
        let signs = String(repeating: alter < 0 ? "♭" : "♯", count: abs(alter))
        return "\(letter)\(signs)\(octave)"
    }

    /// What a key signature of so many sharps makes of each letter's step.
    static func alter(ofStep step: Int, sharps: Int) -> Int {
        // F, C, G, D, A, E, B: the order in which sharps come.
        let order = [3, 0, 4, 1, 5, 2, 6].firstIndex(of: step) ?? 0
        if sharps > 0 { return order < sharps ? 1 : 0 }
        return 6 - order < -sharps ? -1 : 0
    }
}
