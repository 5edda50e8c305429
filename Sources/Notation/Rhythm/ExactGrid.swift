/// The positions in a quarter note that scores are written on, and which of them a time means.
///
/// A file with 480 ticks a quarter rounds a seventh of a quarter; a time within a tick of a position
/// is taken to mean it.
struct ExactGrid: Hashable, Sendable {
    /// Into how many parts a quarter is divided, the plainest first.
    static let divisions = [
        1, 2, 3, 4, 6, 8, 12, 5, 16, 10, 7, 24, 14, 9, 32, 20, 18, 15, 11, 13, 28, 22, 26, 48, 36,
        40,
    ]
    /// How many of them, from the first on, are plain.
    static let plain = 9

    /// How far from a position a time may lie, in fine ticks.
    let tolerance: Int

    init(ticksPerQuarter: Int) {
        // A coarse resolution cannot round: its ticks are positions themselves.
        let tick = FineTime.quarter / ticksPerQuarter
        tolerance = ticksPerQuarter < 96 ? 0 : min(tick + tick / 8, FineTime.quarter / 400)
    }

    /// The position that `time` means; nil off the grid.
    ///
    /// - Parameter count: how many of the divisions are tried.
    func position(of time: Int, divisions count: Int = divisions.count) -> Int? {
        for division in Self.divisions.prefix(count) {
            if let position = position(of: time, division) { return position }
        }
        return nil
    }

    func isPlain(_ time: Int) -> Bool { position(of: time, divisions: Self.plain) != nil }

    /// The positions that times of one quarter mean together: on the plainest division that has all
    /// of them. Those that share none are left out, and so is one time alone off the plain positions,
    /// which is a player's delay rather than a note of a tuplet.
    func positions(ofQuarter times: [Int]) -> [Int: Int] {
        let isTuplet = times.count { !isPlain($0) } > 1
        for division in isTuplet ? Self.divisions[...] : Self.divisions.prefix(Self.plain) {
            let positions = times.compactMap { position(of: $0, division) }
            if positions.count == times.count {
                return Dictionary(zip(times, positions)) { first, _ in first }
            }
        }
        return [:]
    }

    private func position(of time: Int, _ division: Int) -> Int? {
        let quarter = FineTime.quarter
        let offset = time % quarter
        let position = (offset * division + quarter / 2) / quarter * quarter / division
        return abs(position - offset) <= tolerance ? time - offset + position : nil
    }
}
