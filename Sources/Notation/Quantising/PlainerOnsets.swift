/// Plainer places for the onsets of a played line that was written down too finely.
///
/// Whoever transcribes a solo gives each beat the division that its onsets fit best: a note a little
/// before the third triplet alone in its beat becomes the sixth of a sextuplet. A reader wants tuplets
/// only where a player fills them.
enum PlainerOnsets {
    /// What a beat may be divided into without a sign of its own, and the triplet.
    private static let divisions = [2, 4, 3]
    /// No onset is moved by as much as a 32nd.
    private static let limit = FineTime.quarter / 8

    /// Where onsets move to; others are left out. No two fall together.
    ///
    /// - Parameter onsets: on positions of the grid, in any order.
    static func positions(of onsets: [Int]) -> [Int: Int] {
        var positions: [Int: Int] = [:]
        for beat in Dictionary(grouping: Set(onsets), by: { $0 / FineTime.quarter }).values {
            let beat = beat.sorted()
            guard isSparse(beat), let plainer = plainer(beat) else { continue }
            for (onset, position) in zip(beat, plainer) { positions[onset] = position }
        }
        return positions
    }

    /// Whether the division is a fine one of which less than half is played.
    private static func isSparse(_ beat: [Int]) -> Bool {
        let division = ExactGrid.divisions.first { division in
            beat.allSatisfy { $0 % (FineTime.quarter / division) == 0 }
        }
        guard let division, division > 4 else { return false }
        return 2 * beat.count < division
    }

    private static func plainer(_ beat: [Int]) -> [Int]? {
        divisions.lazy.map { division in
            beat.map { FineTime.nearest(to: $0, step: FineTime.quarter / division) }
        }.first { positions in
            Set(positions).count == beat.count
                && positions.allSatisfy { $0 / FineTime.quarter == beat[0] / FineTime.quarter }
                && zip(beat, positions).allSatisfy { abs($0 - $1) < limit }
        }
    }
}
