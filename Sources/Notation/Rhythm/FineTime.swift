import Score

/// The resolution in which music is written down: 1,441,440 = 2⁵ · 3² · 5 · 7 · 11 · 13 ticks a
/// quarter, so that 128ths and tuplets of 3, 5, 6, 7, 9, 10, 11 and 13 fall on whole ticks.
package enum FineTime {
    package static let quarter = 1_441_440
    package static let whole = 4 * quarter
    /// A 128th: no shorter value is written outside tuplets.
    package static let shortest = quarter / 32

    /// `tick` of a score of `ticksPerQuarter`, rounded to the nearest fine tick.
    package static func fine(_ tick: Ticks, ticksPerQuarter: Int) -> Int {
        let (quarters, rest) = tick.count.quotientAndRemainder(dividingBy: ticksPerQuarter)
        return quarters * quarter + (rest * quarter + ticksPerQuarter / 2) / ticksPerQuarter
    }

    /// The multiple of `step` that is nearest to `time`.
    static func nearest(to time: Int, step: Int) -> Int { (time + step / 2) / step * step }
}
