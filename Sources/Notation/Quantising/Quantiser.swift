import Score

/// Gives the notes of a score the times at which they are written.
///
/// Of a score that was typed, times are what they are. Of one that was played, each beat takes the
/// division that its onsets fit best, and durations are found later, in each staff
/// (`ReadableDurations`).
struct Quantiser {
    /// Whether onsets lie on positions that scores have.
    let isExact: Bool

    private let resolution: Int
    private let grid: ExactGrid
    private let performed: PerformedOnsets
    /// Where the last bar ends.
    private let end: Int

    /// The share of onsets on plain positions from which on a score counts as typed. Times by chance
    /// lie there in 15 of 100 cases.
    private static let exactShare = 0.8

    init(of score: Score, bars: [Bar]) {
        resolution = score.ticksPerQuarter
        let grid = ExactGrid(ticksPerQuarter: resolution)
        let onsets = score.parts.filter { !$0.isDrums }.flatMap { part in
            part.notes.map { FineTime.fine($0.onset, ticksPerQuarter: score.ticksPerQuarter) }
        }
        let plain = onsets.count { grid.isPlain($0) }
        isExact = Double(plain) >= Self.exactShare * Double(onsets.count)
        performed = PerformedOnsets(isExact ? [] : onsets, bars: bars)
        self.grid = grid
        end = bars.last?.end ?? 0
    }

    /// The notes of a part, in order, and whether their ends are as exact as the onsets.
    func notes(of part: Part) -> (notes: [TimedNote], hasExactEnds: Bool) {
        let ends = part.notes.map { FineTime.fine($0.end, ticksPerQuarter: resolution) }
        let onsets = part.notes.map { FineTime.fine($0.onset, ticksPerQuarter: resolution) }
        // Notes of a tick or none are triggers; that they end near a position tells nothing.
        let plain = zip(onsets, ends).count { grid.isPlain($1) && $1 - $0 > FineTime.shortest }
        let hasExactEnds = isExact && Double(plain) >= Self.exactShare * Double(ends.count)
        let notes = part.notes.indices.map { index in
            let onset = onsets[index]
            let start = min(
                isExact ? exact(onset) : performed.written(onset),
                max(0, self.end - FineTime.quarter / 4))
            let end = hasExactEnds ? exact(ends[index]) : ends[index] - onset + start
            return TimedNote(
                pitch: part.notes[index].pitch, start: start,
                end: min(max(start, end), self.end))
        }
        return (notes.sorted(by: TimedNote.precedes), hasExactEnds)
    }

    private func exact(_ time: Int) -> Int {
        grid.position(of: time) ?? FineTime.nearest(to: time, step: FineTime.shortest)
    }
}
