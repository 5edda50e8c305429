import Score

/// Little pieces composed by rule, to measure on where there is no music at hand: a melody of four
/// phrases (A A B A) over one of a few successions of chords and of a few accompaniments, so that
/// many different pieces have these in common.
package enum ComposedPiece {
    private static let scale = [0, 2, 4, 5, 7, 9, 11]
    /// Degrees of the scale, two bars each.
    private static let progressions = [[0, 3, 4, 0], [0, 5, 3, 4], [0, 4, 5, 3], [0, 1, 4, 0]]
    /// Notes of the chord, by eighths: Alberti's, broken, waltzing, repeated.
    private static let figures = [[0, 2, 1, 2], [0, 1, 2, 1], [0, 2, 2, 2], [0, 0, 1, 2]]
    private static let barsToPhrase = 8
    private static let eighth = 240

    /// A piece of 32 bars.
    package static func compose(using generator: inout some RandomNumberGenerator) -> Score {
        let key = Int.random(in: -5...6, using: &generator)
        let chords = progressions.randomElement(using: &generator) ?? [0, 3, 4, 0]
        let figure = figures.randomElement(using: &generator) ?? [0, 2, 1, 2]
        let phrases = [phrase(using: &generator), phrase(using: &generator)]
        var right: [Note] = []
        var left: [Note] = []
        for (number, phrase) in [0, 0, 1, 0].enumerated() {
            let start = number * barsToPhrase * 8
            right += phrases[phrase].map { note($0.degree, 60 + key, start + $0.start, $0.length) }
            for step in 0..<(barsToPhrase * 8) {
                let chord = chords[step / 16]
                left.append(note(chord + 2 * figure[step % 4], 48 + key, start + step, 1))
            }
        }
        return Score(parts: [Part(name: "Right", notes: right), Part(name: "Left", notes: left)])
    }

    /// Degrees of a scale from C with their starts and lengths in eighths.
    private static func phrase(
        using generator: inout some RandomNumberGenerator
    ) -> [(degree: Int, start: Int, length: Int)] {
        var notes: [(degree: Int, start: Int, length: Int)] = []
        var (start, degree) = (0, Int.random(in: 2...9, using: &generator))
        while start < barsToPhrase * 8 {
            let length = [1, 1, 2, 2, 3, 4].randomElement(using: &generator) ?? 2
            notes.append((degree, start, length))
            start += length
            degree += [-4, -2, -1, -1, 0, 1, 1, 2, 3].randomElement(using: &generator) ?? 1
            if !(0...13).contains(degree) { degree = 7 }
        }
        return notes
    }

    private static func note(_ degree: Int, _ base: Int, _ start: Int, _ length: Int) -> Note {
        let number = base + 12 * (degree / 7) + scale[degree % 7]
        guard let pitch = Pitch(number) else { preconditionFailure("\(number) is within a piano") }
        return Note(
            pitch: pitch, onset: Ticks(start * eighth), duration: Ticks(length * eighth - 20))
    }
}
