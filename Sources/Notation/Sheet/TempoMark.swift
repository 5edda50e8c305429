import Score

/// A metronome mark.
package struct TempoMark: Hashable, Sendable {
    /// In fine ticks from the start of the score.
    let time: Int
    package let quartersPerMinute: Double

    /// More changes than one in so many bars are a player's rubato, which is not printed.
    private static let barsPerChange = 4

    /// The marks that a score has, or for a performance its mean tempo.
    static func marks(of score: Score, _ bars: [Bar]) -> [TempoMark] {
        let changes = score.tempoMap.changes.filter { $0.tick < score.end }
        if changes.count > 1 + bars.count / barsPerChange {
            let quarters = Double(score.end.count) / Double(score.ticksPerQuarter)
            let tempo = (quarters / max(score.seconds, 1e-6) * 60).rounded()
            return [TempoMark(time: 0, quartersPerMinute: min(max(tempo, 1), 999))]
        }
        return changes.map { change in
            let time = FineTime.fine(change.tick, ticksPerQuarter: score.ticksPerQuarter)
            return TempoMark(
                time: FineTime.nearest(to: time, step: FineTime.quarter / 2),
                quartersPerMinute: 60e6 / Double(change.microsecondsPerQuarter))
        }
    }
}
