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
    /// The share of plain ends from which on the others are taken for typed too.
    private static let typedShare = 0.97
    /// How many of the grid's divisions are plain for ends that no onset meets: down to 32nds, and in
    /// parts with other ends to sixteenths.
    private static let typedEnds = 6
    private static let playedEnds = 4
    /// Where most notes end before the next begins, and fewer of these ends than this share are plain,
    /// a player let go: the plain ones are so by chance. Of transcribed jazz solos 5 to 20 in 100 are,
    /// of typed parts nearly all.
    private static let chanceShare = 0.3

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
            return min(start, max(0, end - FineTime.quarter / 4))
        }
        let starting = Set(starts)
        func isPlain(_ index: Int, _ divisions: Int) -> Bool {
            // Notes of a tick or none are triggers; that they end near a position tells nothing.
            ends[index] - onsets[index] > FineTime.shortest
                && (grid.position(of: ends[index], divisions: divisions) != nil
                    || starting.contains(exact(ends[index])))
        }
        let plain = ends.indices.count { isPlain($0, Self.typedEnds) }
        let isTyped = isExact && Double(plain) >= Self.typedShare * Double(ends.count)
        let open = ends.indices.filter { !starting.contains(exact(ends[$0])) }
        let isPlayed =
            !isTyped && 2 * open.count > ends.count
            && Double(open.count { isPlain($0, Self.playedEnds) })
                < Self.chanceShare * Double(open.count)
        let plainer =
            isExact && isPlayed && part.isMonophonic ? PlainerOnsets.positions(of: starts) : [:]
        return part.notes.indices.map { index in
            let isAsHeld =
                isPlayed || !isTyped && !(isExact && isPlain(index, Self.playedEnds))
            let start = plainer[starts[index]] ?? starts[index]
            let end = isAsHeld ? ends[index] - onsets[index] + start : exact(ends[index])
            let note = TimedNote(
                pitch: part.notes[index].pitch, start: start,
                end: min(max(start, end), self.end))
            return (note, isAsHeld)
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
        let count = isStrict ? ExactGrid.divisions.count : ExactGrid.plain
        if let position = grid.position(of: time, divisions: count) { return position }
        let candidates = [8, 6].map { FineTime.nearest(to: time, step: FineTime.quarter / $0) }
        return abs(candidates[0] - time) <= abs(candidates[1] - time)
            ? candidates[0] : candidates[1]
    }
}
