import Score

/// A way to make from a piece one that a musician would call the same: how well duplicates are found
/// is measured with such.
package enum PieceVariation: String, CaseIterable, Sendable {
    /// Into another key (up to six semitones away) or another octave.
    case transposed
    /// Played: another tempo (0.6 to 1.6 times), rubato, and onsets up to 20 ms off.
    case warped
    /// Cut: a stretch of 60 to 90 % is left.
    case trimmed
    /// Trills, graces and passing notes added, octaves and thirds doubled, notes dropped: one note in
    /// six or so.
    case ornamented
    /// All of it: transposed, ornamented, trimmed, warped.
    case combined

    /// A variation of `score`, without drums, in one part.
    package func applied(
        to score: Score, using generator: inout some RandomNumberGenerator
    ) -> Score {
        var notes = VariedNotes(score)
        switch self {
        case .transposed: notes.transpose(using: &generator)
        case .warped: notes.warp(using: &generator)
        case .trimmed: notes.trim(using: &generator)
        case .ornamented: notes.ornament(using: &generator)
        case .combined:
            notes.transpose(using: &generator)
            notes.ornament(using: &generator)
            notes.trim(using: &generator)
            notes.warp(using: &generator)
        }
        return notes.score
    }
}

/// Notes in seconds, to be changed.
private struct VariedNotes {
    private struct Sounding {
        var onset, end: Double
        var pitch: Int
    }

    private var notes: [Sounding] = []

    init(_ score: Score) {
        for part in score.parts where !part.isDrums {
            notes += part.notes.map {
                Sounding(
                    onset: score.seconds(at: $0.onset), end: score.seconds(at: $0.end),
                    pitch: $0.pitch.number)
            }
        }
        notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }

    /// A tick is a millisecond.
    var score: Score {
        let start = notes.map(\.onset).min() ?? 0
        func ticks(_ seconds: Double) -> Ticks { Ticks(Int((max(seconds, 0) * 1000).rounded())) }
        return Score(
            ticksPerQuarter: 500,
            parts: [
                Part(
                    notes: notes.compactMap { note in
                        guard let pitch = Pitch(note.pitch) else { return nil }
                        return Note(
                            pitch: pitch, onset: ticks(note.onset - start),
                            duration: ticks(note.end - note.onset))
                    })
            ])
    }

    mutating func transpose(using generator: inout some RandomNumberGenerator) {
        let shifts = [-12, 12] + (-6...6).filter { $0 != 0 }
        let shift = shifts.randomElement(using: &generator) ?? 1
        for index in notes.indices { notes[index].pitch += shift }
    }

    mutating func warp(using generator: inout some RandomNumberGenerator) {
        let factor = Double.random(in: 0.6...1.6, using: &generator)
        let period = Double.random(in: 4...12, using: &generator)
        let phase = Double.random(in: 0..<(2 * .pi), using: &generator)
        // Tempo swings by a quarter either way.
        func warped(_ seconds: Double) -> Double {
            factor
                * (seconds + 0.25 * period / (2 * .pi) * sine(2 * .pi * seconds / period + phase))
        }
        for index in notes.indices {
            let length = warped(notes[index].end) - warped(notes[index].onset)
            notes[index].onset =
                warped(notes[index].onset) + Double.random(in: -0.02...0.02, using: &generator)
            notes[index].end = notes[index].onset + max(length, 0.01)
        }
    }

    /// Bhaskara's approximation, the same on every machine: only the swing's shape depends on it.
    private func sine(_ angle: Double) -> Double {
        let turn = angle.truncatingRemainder(dividingBy: 2 * .pi)
        let half = turn < .pi ? turn : turn - .pi
        let product = half * (.pi - half)
        let value = 16 * product / (5 * .pi * .pi - 4 * product)
        return turn < .pi ? value : -value
    }

    mutating func trim(using generator: inout some RandomNumberGenerator) {
        guard let first = notes.map(\.onset).min(), let last = notes.map(\.onset).max() else {
            return
        }
        let length = (last - first) * Double.random(in: 0.6...0.9, using: &generator)
        let start = Double.random(in: first...max(last - length, first), using: &generator)
        notes.removeAll { $0.onset < start || $0.onset > start + length }
    }

    mutating func ornament(using generator: inout some RandomNumberGenerator) {
        var result: [Sounding] = []
        for (index, note) in notes.enumerated() {
            let above = note.pitch + Int.random(in: 1...2, using: &generator)
            let length = note.end - note.onset
            switch Int.random(in: 0..<100, using: &generator) {
            case 0..<5: continue
            case 5..<8:
                result.append(note)
                result.append(
                    Sounding(onset: note.onset - 0.08, end: note.onset, pitch: above))
            case 8..<10 where length > 0.25:
                let step = 0.09
                for turn in 0..<min(Int(length / step), 8) {
                    let onset = note.onset + Double(turn) * step
                    result.append(
                        Sounding(
                            onset: onset, end: onset + step,
                            pitch: turn % 2 == 0 ? note.pitch : above))
                }
            case 10..<13 where length > 0.2 && index + 1 < notes.count:
                let middle = note.onset + length / 2
                result.append(Sounding(onset: note.onset, end: middle, pitch: note.pitch))
                result.append(Sounding(onset: middle, end: note.end, pitch: above))
            case 13..<17:
                result.append(note)
                let octave = Bool.random(using: &generator) ? 12 : -12
                result.append(
                    Sounding(onset: note.onset, end: note.end, pitch: note.pitch + octave))
            case 17..<19:
                result.append(note)
                let third = Int.random(in: 3...4, using: &generator)
                result.append(
                    Sounding(onset: note.onset, end: note.end, pitch: note.pitch - third))
            default: result.append(note)
            }
        }
        notes = result
    }
}
