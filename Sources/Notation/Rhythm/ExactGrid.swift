/// The positions in a quarter note that scores are written on, and which of them a time means.
///
/// A file with 480 ticks a quarter rounds a seventh of a quarter; a time within a tick of a position
/// is taken to mean it.
package struct ExactGrid: Hashable, Sendable {
    /// Into how many parts a quarter is divided, the plainest first.
    static let divisions = [1, 2, 3, 4, 6, 8, 12, 5, 16, 10, 7, 24, 14, 9, 32, 20, 18]

    /// How far from a position a time may lie, in fine ticks.
    let tolerance: Int

    package init(ticksPerQuarter: Int) {
        // A coarse resolution cannot round: its ticks are positions themselves.
        tolerance = ticksPerQuarter < 96 ? 0 : min(FineTime.quarter / ticksPerQuarter + 1, 60)
    }

    /// The position that `time` means and the division it belongs to; nil off the grid.
    package func position(of time: Int) -> (time: Int, division: Int)? {
        let quarter = FineTime.quarter
        let offset = time % quarter
        for division in Self.divisions {
            let step = (offset * division + quarter / 2) / quarter
            let position = step * quarter / division
            if abs(position - offset) <= tolerance { return (time - offset + position, division) }
        }
        return nil
    }

    /// The nearest of the plainer positions: 32nds and triplets of sixteenths.
    package func nearest(to time: Int) -> Int {
        if let exact = position(of: time) { return exact.time }
        let candidates = [FineTime.quarter / 8, FineTime.quarter / 6].map { step in
            (time + step / 2) / step * step
        }
        return candidates.min { abs($0 - time) < abs($1 - time) } ?? time
    }
}
