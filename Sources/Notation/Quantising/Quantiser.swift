import Score

/// Gives the notes of a score the times at which they are written.
///
/// Of a score that was typed, times are what they are. Of one that was played, each beat takes the
/// division that its onsets fit best, and durations are found later, in each staff
/// (`ReadableDurations`).
struct Quantiser {
    /// Whether onsets lie on positions that scores have.
    let isExact: Bool

    /// Whether nearly all onsets are plain, so that the others are taken as they are.
    private let isStrict: Bool
    private let resolution: Int
    private let grid: ExactGrid
    private let performed: PerformedOnsets
    /// Where the last bar ends.
    private let end: Int

    /// The share of onsets on plain positions from which on a score counts as typed. Times by chance
    /// lie there in 15 of 100 cases.
    private static let exactShare = 0.8
    private static let strictShare = 0.99

    init(of score: Score, bars: [Bar]) {
        resolution = score.ticksPerQuarter
        let grid = ExactGrid(ticksPerQuarter: resolution)
        let onsets = score.parts.filter { !$0.isDrums }.flatMap { part in
            part.notes.map { FineTime.fine($0.onset, ticksPerQuarter: score.ticksPerQuarter) }
        }
        let plain = onsets.count { grid.isPlain($0) }
        isExact = Double(plain) >= Self.exactShare * Double(onsets.count)
        isStrict = Double(plain) >= Self.strictShare * Double(onsets.count)
        performed = PerformedOnsets(isExact ? [] : onsets, bars: bars)
        self.grid = grid
        end = bars.last?.end ?? 0
    }

    /// The notes of a part, in order. Where `isAsHeld`, the end is when a player let go, and
    /// `ReadableDurations` are wanted.
    func notes(of part: Part) -> [(note: TimedNote, isAsHeld: Bool)] {
        let onsets = part.notes.map { fine($0.onset) }
        let ends = part.notes.map { fine($0.end) }
        let shared = isExact ? together(isStrict ? onsets + ends : onsets) : [:]
        let exact = { (time: Int) in shared[time] ?? self.exact(time) }
        let starts = onsets.map { onset in
            let start = isExact ? exact(onset) : performed.written(onset)
            // What comes out at the last bar line belongs before it.
            return start < end ? start : max(0, end - FineTime.quarter / 4)
        }
        let starting = Set(starts)
        let held = PartEnds(
            ends, onsets: onsets, meeting: ends.map { starting.contains(exact($0)) }, grid: grid)
        let isTyped = isExact && held.isTyped
        let plainer =
            isExact && held.isPlayed && part.isMonophonic
            ? PlainerOnsets.positions(of: starts) : [:]
        return part.notes.indices.map { index in
            let isMeant = isExact && held.arePlain[index] && !held.isPlayed
            let isAsHeld = !isTyped && !isMeant
            let start = plainer[starts[index]] ?? starts[index]
            let length = ends[index] - onsets[index]
            let end =
                isAsHeld ? start + length : written(exact(ends[index]), of: length, from: start)
            let note = TimedNote(
                pitch: part.notes[index].pitch, start: start,
                end: min(max(start, end), self.end))
            return (note, isAsHeld)
        }
    }

    /// Where a note ends: one that sounds for a 128th or longer has a value, the least where it begins.
    private func written(_ end: Int, of length: Int, from start: Int) -> Int {
        guard end <= start, length >= FineTime.shortest else { return end }
        let steps = [8, 6].map { FineTime.quarter / $0 }
        return start + (steps.first { start % $0 == 0 } ?? FineTime.shortest)
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
        let count = isStrict ? ExactGrid.divisions.count : ExactGrid.plain
        if let position = grid.position(of: time, divisions: count) { return position }
        let candidates = [8, 6].map { FineTime.nearest(to: time, step: FineTime.quarter / $0) }
        return abs(candidates[0] - time) <= abs(candidates[1] - time)
            ? candidates[0] : candidates[1]
    }
}
