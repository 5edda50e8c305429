import Score

/// What the plain critic hears of an excerpt: some figures, and how often figures of a few notes occur.
package enum CriticFeatures {
    /// Intervals that differ: an octave down, or more, to an octave up, or more.
    private static let intervals = -12...12
    /// Of a quarter's twelve.
    private static let stepsPerQuarter = 12

    /// As many numbers for every excerpt. Counts are the square roots of shares, so that rare figures are
    /// seen beside frequent ones.
    package static func vector(of excerpt: Excerpt) -> [Double] {
        let chords = excerpt.chords
        let (top, bass) = (excerpt.skyline, chords.compactMap(\.first))
        let lengths = top.map(excerpt.noteLength)
        let waits = top.steps { excerpt.quarters($1.onset - $0.onset) }
            .map { NoteLength.nearest(toQuarters: $0) }
        let counts: [[Double]] = [
            intervalCounts(of: top), intervalCounts(of: bass), contours(of: top),
            contours(of: bass), harmonies(of: chords), places(of: excerpt),
            excerpt.values(of: .noteLengthHistogram),
            Excerpt.transitions(lengths, kinds: NoteLength.count),
            Excerpt.transitions(waits, kinds: NoteLength.count),
        ]
        return figures(of: excerpt, chords: chords)
            + counts.flatMap { $0.shares.map { $0.squareRoot() } }
    }

    private static func figures(of excerpt: Excerpt, chords: [ArraySlice<Note>]) -> [Double] {
        let notes = excerpt.notes
        let quarters = max(1, excerpt.quarters(excerpt.length))
        let pitches = notes.map { Double($0.pitch.number) }
        let features: [MusicFeature] = [
            .pitchCount, .pitchRange, .averagePitchInterval, .averageInterOnset,
        ]
        let held = notes.reduce(0) { $0 + excerpt.quarters($1.duration) }
        return [
            excerpt.pitchClassEntropy(ofBars: 1) ?? 0, excerpt.pitchClassEntropy(ofBars: 4) ?? 0,
            excerpt.groovingSimilarity ?? 0, Double(notes.count) / quarters,
            Double(notes.count) / Double(max(1, chords.count)), held / quarters,
            pitches.mean, excerpt.skyline.map { Double($0.pitch.number) }.mean,
        ] + features.flatMap(excerpt.values)
    }

    private static func intervalCounts(of line: [Note]) -> [Double] {
        var counts = [Double](repeating: 0, count: intervals.count)
        for step in semitones(line) {
            let within = min(max(step, intervals.lowerBound), intervals.upperBound)
            counts[within - intervals.lowerBound] += 1
        }
        return counts
    }

    /// Three intervals in a row, each a leap or a step down or up, or none, (5 · 5 · 5).
    private static func contours(of line: [Note]) -> [Double] {
        let kinds = semitones(line).map { $0 < -2 ? 0 : $0 < 0 ? 1 : $0 == 0 ? 2 : $0 <= 2 ? 3 : 4 }
        var counts = [Double](repeating: 0, count: 125)
        for index in kinds.indices.dropFirst(2) {
            counts[kinds[index - 2] * 25 + kinds[index - 1] * 5 + kinds[index]] += 1
        }
        return counts
    }

    /// Intervals above the lowest note of each chord, by pitch class, (12).
    private static func harmonies(of chords: [ArraySlice<Note>]) -> [Double] {
        var counts = [Double](repeating: 0, count: 12)
        for chord in chords {
            guard let lowest = chord.first else { continue }
            for note in chord.dropFirst() {
                counts[(note.pitch.number - lowest.pitch.number) % 12] += 1
            }
        }
        return counts
    }

    /// Where in their quarter notes begin, (12).
    private static func places(of excerpt: Excerpt) -> [Double] {
        var counts = [Double](repeating: 0, count: stepsPerQuarter)
        for note in excerpt.notes {
            let step = note.onset.count * stepsPerQuarter / excerpt.ticksPerQuarter
            counts[step % stepsPerQuarter] += 1
        }
        return counts
    }

    private static func semitones(_ line: [Note]) -> [Int] {
        zip(line, line.dropFirst()).map { $1.pitch.number - $0.pitch.number }
    }
}
