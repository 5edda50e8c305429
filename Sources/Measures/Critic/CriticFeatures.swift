import Score

/// What the plain critic hears of an excerpt: some figures, and how often figures of a few notes occur.
package enum CriticFeatures {
    /// One number of the vector.
    package struct Feature: Hashable, Sendable {
        /// For people; of a count, together with its family's title.
        package let title: String
        package let family: String
        /// Counts are the square roots of shares, so that rare figures are seen beside frequent ones.
        package let isRootOfShare: Bool
    }

    /// Something that is counted, by kinds.
    private struct Family: Sendable {
        let title: String
        let kinds: [String]
        /// As many as kinds.
        let counts: @Sendable (Hearing) -> [Double]
    }

    /// What the families count in.
    private struct Hearing {
        let excerpt: Excerpt
        let chords: [ArraySlice<Note>]
        let top: [Note]
        let bass: [Note]

        init(_ excerpt: Excerpt) {
            self.excerpt = excerpt
            chords = excerpt.chords
            (top, bass) = (chords.compactMap(\.last), chords.compactMap(\.first))
        }
    }

    /// What stands at each place of a vector.
    package static let features: [Feature] =
        figureTitles.map { Feature(title: $0, family: "figures", isRootOfShare: false) }
        + families.flatMap { family in
            family.kinds.map { Feature(title: $0, family: family.title, isRootOfShare: true) }
        }

    /// As many numbers as features.
    package static func vector(of excerpt: Excerpt) -> [Double] {
        let hearing = Hearing(excerpt)
        return figures(of: hearing)
            + families.flatMap { $0.counts(hearing).shares.map { $0.squareRoot() } }
    }

    private static let families: [Family] = [
        Family(title: "intervals, upper line", kinds: intervalTitles) {
            intervalCounts(of: $0.top)
        },
        Family(title: "intervals, bass", kinds: intervalTitles) { intervalCounts(of: $0.bass) },
        Family(title: "contours, upper line", kinds: contourTitles) { contours(of: $0.top) },
        Family(title: "contours, bass", kinds: contourTitles) { contours(of: $0.bass) },
        Family(title: "intervals above the bass", kinds: harmonyTitles) {
            harmonies(of: $0.chords)
        },
        Family(
            title: "place in the quarter",
            kinds: (0..<stepsPerQuarter).map { "\($0)/\(stepsPerQuarter)" }
        ) { places(of: $0.excerpt) },
        Family(title: "note values", kinds: NoteLength.titles) {
            $0.excerpt.values(of: .noteLengthHistogram)
        },
        Family(title: "note values, upper line", kinds: successions) { hearing in
            Excerpt.transitions(
                hearing.top.map(hearing.excerpt.noteLength), kinds: NoteLength.count)
        },
        Family(title: "onset to onset, upper line", kinds: successions) { hearing in
            Excerpt.transitions(waits(of: hearing), kinds: NoteLength.count)
        },
    ]

    // MARK: Figures

    private static let musicFeatures: [MusicFeature] = [
        .pitchCount, .pitchRange, .averagePitchInterval, .averageInterOnset,
    ]

    private static let figureTitles =
        [
            "pitch-class entropy, 1 bar", "pitch-class entropy, 4 bars", "grooving similarity",
            "notes a quarter", "notes a chord", "keys down", "mean pitch", "mean pitch, upper line",
        ] + musicFeatures.map(\.title)

    private static func figures(of hearing: Hearing) -> [Double] {
        let excerpt = hearing.excerpt
        let notes = excerpt.notes
        let quarters = max(1, excerpt.quarters(excerpt.length))
        let held = notes.reduce(0) { $0 + excerpt.quarters($1.duration) }
        return [
            excerpt.pitchClassEntropy(ofBars: 1) ?? 0, excerpt.pitchClassEntropy(ofBars: 4) ?? 0,
            excerpt.groovingSimilarity ?? 0, Double(notes.count) / quarters,
            Double(notes.count) / Double(max(1, hearing.chords.count)), held / quarters,
            notes.map { Double($0.pitch.number) }.mean,
            hearing.top.map { Double($0.pitch.number) }.mean,
        ] + musicFeatures.flatMap(excerpt.values)
    }

    // MARK: Intervals

    /// Intervals that differ: an octave down, or more, to an octave up, or more.
    private static let intervals = -12...12

    private static let intervalTitles = intervals.map { $0 > 0 ? "+\($0)" : "\($0)" }

    private static func intervalCounts(of line: [Note]) -> [Double] {
        var counts = [Double](repeating: 0, count: intervals.count)
        for step in semitones(line) {
            let within = min(max(step, intervals.lowerBound), intervals.upperBound)
            counts[within - intervals.lowerBound] += 1
        }
        return counts
    }

    private static let motions = ["leap down", "step down", "repeat", "step up", "leap up"]

    private static let contourTitles = motions.flatMap { first in
        motions.flatMap { second in motions.map { "\(first), \(second), \($0)" } }
    }

    /// Three intervals in a row, each a leap or a step down or up, or none, (5 · 5 · 5).
    private static func contours(of line: [Note]) -> [Double] {
        let kinds = semitones(line).map { $0 < -2 ? 0 : $0 < 0 ? 1 : $0 == 0 ? 2 : $0 <= 2 ? 3 : 4 }
        var counts = [Double](repeating: 0, count: contourTitles.count)
        for index in kinds.indices.dropFirst(2) {
            counts[kinds[index - 2] * 25 + kinds[index - 1] * 5 + kinds[index]] += 1
        }
        return counts
    }

    private static let harmonyTitles = [
        "octave", "minor second", "major second", "minor third", "major third", "fourth", "tritone",
        "fifth", "minor sixth", "major sixth", "minor seventh", "major seventh",
    ]

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

    private static func semitones(_ line: [Note]) -> [Int] {
        zip(line, line.dropFirst()).map { $1.pitch.number - $0.pitch.number }
    }

    // MARK: Times

    /// Of a quarter's twelve.
    private static let stepsPerQuarter = 12

    /// Where in their quarter notes begin, (12).
    private static func places(of excerpt: Excerpt) -> [Double] {
        var counts = [Double](repeating: 0, count: stepsPerQuarter)
        for note in excerpt.notes {
            let step = note.onset.count * stepsPerQuarter / excerpt.ticksPerQuarter
            counts[step % stepsPerQuarter] += 1
        }
        return counts
    }

    private static let successions = NoteLength.titles.flatMap { first in
        NoteLength.titles.map { "\(first), \($0)" }
    }

    private static func waits(of hearing: Hearing) -> [Int] {
        hearing.top.steps { hearing.excerpt.quarters($1.onset - $0.onset) }
            .map { NoteLength.nearest(toQuarters: $0) }
    }
}
