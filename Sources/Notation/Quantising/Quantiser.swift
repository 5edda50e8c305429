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
    /// The share of plain ends from which on the others are taken for typed too.
    private static let typedShare = 0.97
    /// How many of the grid's divisions are plain for ends that no onset meets.
    private static let plainEnds = 6

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

    /// The notes of a part, in order. Where `isAsHeld`, the end is when a player let go, and
    /// `ReadableDurations` are wanted.
    func notes(of part: Part) -> [(note: TimedNote, isAsHeld: Bool)] {
        let onsets = part.notes.map { fine($0.onset) }
        let ends = part.notes.map { fine($0.end) }
        let shared = isExact ? together(onsets + ends) : [:]
        let exact = { (time: Int) in shared[time] ?? self.exact(time) }
        let starts = onsets.map { onset in
            let start = isExact ? exact(onset) : performed.written(onset)
            return min(start, max(0, end - FineTime.quarter / 4))
        }
        let isPlain = areEndsPlain(onsets, ends, Set(starts), exact)
        let isTyped =
            isExact && Double(isPlain.count { $0 }) >= Self.typedShare * Double(ends.count)
        return part.notes.indices.map { index in
            let isAsHeld = !isTyped && !(isExact && isPlain[index])
            let end = isAsHeld ? ends[index] - onsets[index] + starts[index] : exact(ends[index])
            let note = TimedNote(
                pitch: part.notes[index].pitch, start: starts[index],
                end: min(max(starts[index], end), self.end))
            return (note, isAsHeld)
        }
    }

    /// Which notes end where something begins, or on an eighth, a 32nd or a triplet.
    private func areEndsPlain(
        _ onsets: [Int], _ ends: [Int], _ starts: Set<Int>, _ exact: (Int) -> Int
    ) -> [Bool] {
        zip(onsets, ends).map { onset, end in
            // Notes of a tick or none are triggers; that they end near a position tells nothing.
            guard end - onset > FineTime.shortest else { return false }
            return grid.position(of: end, divisions: Self.plainEnds) != nil
                || starts.contains(exact(end))
        }
    }

    /// What the times mean where those of a quarter share a division.
    private func together(_ times: [Int]) -> [Int: Int] {
        var positions: [Int: Int] = [:]
        for times in Dictionary(grouping: Set(times), by: { $0 / FineTime.quarter }).values {
            positions.merge(grid.positions(ofQuarter: times)) { first, _ in first }
        }
        return positions
    }

    private func fine(_ tick: Ticks) -> Int {
        FineTime.fine(tick, ticksPerQuarter: resolution)
    }

    /// The position that `time` means, or the nearest 32nd or triplet of sixteenths.
    private func exact(_ time: Int) -> Int {
        if let position = grid.position(of: time) { return position }
        let candidates = [8, 6].map { FineTime.nearest(to: time, step: FineTime.quarter / $0) }
        return abs(candidates[0] - time) <= abs(candidates[1] - time)
            ? candidates[0] : candidates[1]
    }
}
