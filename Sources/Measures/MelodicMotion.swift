import Score

/// How the upper line moves from chord to chord.
package struct MelodicMotion: Hashable, Sendable {
    /// The share of intervals that repeat the note.
    package let repetitions: Double
    /// The share that are steps, a semitone or two up or down: conjunct motion.
    package let steps: Double

    package init(repetitions: Double, steps: Double) {
        self.repetitions = repetitions
        self.steps = steps
    }
}

extension Excerpt {
    /// Nil with fewer than two chords.
    package var melodicMotion: MelodicMotion? {
        let intervals = skyline.pitchIntervals
        guard !intervals.isEmpty else { return nil }
        func share(_ range: ClosedRange<Double>) -> Double {
            Double(intervals.count(where: range.contains)) / Double(intervals.count)
        }
        return MelodicMotion(repetitions: share(0...0), steps: share(1...2))
    }
}
