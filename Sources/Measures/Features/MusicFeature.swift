import Score

/// What Yang and Lerch compare sets of music by ("On the evaluation of generative models in music", Neural
/// Computing and Applications 2018, section 3), each a row of numbers.
package enum MusicFeature: String, Hashable, Sendable, CaseIterable {
    /// How many different pitches there are.
    case pitchCount
    /// Semitones from the lowest to the highest.
    case pitchRange
    /// Shares of the notes, (12).
    case pitchClassHistogram
    /// Shares of the steps from note to note of the upper line, (12 · 12).
    case pitchClassTransitions
    /// Semitones between neighbours of the upper line, up or down, on average.
    case averagePitchInterval
    case noteCount
    /// Quarters from one onset to the next, on average.
    case averageInterOnset
    /// Shares of the notes by the nearest of twelve note values, (12).
    case noteLengthHistogram
    /// Shares of the steps from note to note of the upper line, (12 · 12).
    case noteLengthTransitions

    /// For people.
    package var title: String {
        switch self {
        case .pitchCount: "different pitches"
        case .pitchRange: "range of pitches"
        case .pitchClassHistogram: "pitch classes"
        case .pitchClassTransitions: "pitch-class transitions"
        case .averagePitchInterval: "interval in the upper line"
        case .noteCount: "notes"
        case .averageInterOnset: "from onset to onset"
        case .noteLengthHistogram: "note lengths"
        case .noteLengthTransitions: "note-length transitions"
        }
    }

    /// Distances from 0 up to this are told apart on the grid of `DistanceDensity`; greater ones count as
    /// this. The same for all music, so that figures of several runs can be compared.
    package var greatestDistance: Double {
        switch self {
        case .pitchCount: 60
        case .pitchRange: 88
        case .averagePitchInterval: 24
        case .noteCount: 800
        case .averageInterOnset: 4
        // Two sets of shares are √2 apart at most.
        case .pitchClassHistogram, .pitchClassTransitions, .noteLengthHistogram,
            .noteLengthTransitions:
            2.0.squareRoot()
        }
    }
}

extension Excerpt {
    /// All zero where there are too few notes for a value.
    package func values(of feature: MusicFeature) -> [Double] {
        let pitches = notes.map(\.pitch.number)
        switch feature {
        case .pitchCount: return [Double(Set(pitches).count)]
        case .pitchRange: return [Double((pitches.max() ?? 0) - (pitches.min() ?? 0))]
        case .pitchClassHistogram: return Self.pitchClassCounts(of: notes).shares
        case .pitchClassTransitions:
            return Self.transitions(skyline.map { $0.pitch.number % 12 }, kinds: 12).shares
        case .averagePitchInterval:
            return [skyline.pitchIntervals.mean]
        case .noteCount: return [Double(notes.count)]
        case .averageInterOnset:
            return [skyline.steps { quarters($1.onset - $0.onset) }.mean]
        case .noteLengthHistogram:
            var counts = [Double](repeating: 0, count: NoteLength.count)
            for note in notes { counts[noteLength(of: note)] += 1 }
            return counts.shares
        case .noteLengthTransitions:
            return Self.transitions(skyline.map(noteLength), kinds: NoteLength.count).shares
        }
    }

    func noteLength(of note: Note) -> Int {
        NoteLength.nearest(toQuarters: quarters(note.duration))
    }

    /// How often each kind follows each, (kinds · kinds), by the former.
    static func transitions(_ row: [Int], kinds: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: kinds * kinds)
        for (former, latter) in zip(row, row.dropFirst()) { counts[former * kinds + latter] += 1 }
        return counts
    }
}

extension [Double] {
    /// In proportion to the sum; all 0 where that is 0.
    var shares: [Double] {
        let sum = reduce(0, +)
        return sum > 0 ? map { $0 / sum } : self
    }
}

extension [Note] {
    /// From each note to the next.
    func steps(_ step: (Note, Note) -> Double) -> [Double] { zip(self, dropFirst()).map(step) }

    /// From each note's pitch to the next one's, up or down, in semitones.
    var pitchIntervals: [Double] { steps { abs(Double($1.pitch.number - $0.pitch.number)) } }
}
