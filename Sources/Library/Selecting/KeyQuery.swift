import Score

/// A key, a tonic or a mode as people write them: “Eb major”, “f♯ minor”, “Am”, “minor”.
package struct KeyQuery: Hashable, Sendable {
    /// 0…11, C first; nil for any.
    let tonic: Int?
    /// Nil for either.
    let mode: KeySignature.Mode?
    /// As it was written.
    package let text: String

    /// Nil where `text` names no key.
    package init?(_ text: String) {
        self.text = text
        var rest = text[...].drop { $0 == " " }
        let isMode = KeySignature.Mode.allCases.contains { rest.lowercased() == $0.rawValue }
        guard !isMode else {
            tonic = nil
            mode = KeySignature.Mode(rawValue: rest.lowercased())
            return
        }
        guard let letter = rest.popFirst(),
            let natural = ["c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11][
                letter.lowercased()]
        else { return nil }
        var accidental = 0
        while let sign = rest.first, let step = ["#": 1, "♯": 1, "b": -1, "♭": -1][sign] {
            accidental += step
            rest = rest.dropFirst()
        }
        tonic = (natural + accidental + 24) % 12
        let word = rest.drop { " -".contains($0) }
        switch word {
        case "": mode = nil
        case "m": mode = .minor
        case "M": mode = .major
        default:
            guard let named = KeySignature.Mode(rawValue: word.lowercased()) else { return nil }
            mode = named
        }
    }

    /// The names of the keys that are meant, as pieces have them.
    package var names: [String] {
        let modes = mode.map { [$0] } ?? KeySignature.Mode.allCases
        return modes.flatMap { mode in
            (-7...7).compactMap { KeySignature(sharps: $0, mode: mode) }
                .filter { tonic == nil || $0.tonic == tonic }.map(\.name)
        }
    }
}
