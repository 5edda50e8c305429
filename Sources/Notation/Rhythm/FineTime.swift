import Score

/// The resolution in which music is written down: 10,080 = 2⁵ · 3² · 5 · 7 ticks a quarter, so that
/// 128ths and tuplets of 3, 5, 6, 7, 9 and 10 fall on whole ticks.
package enum FineTime {
    package static let quarter = 10_080
    package static let whole = 4 * quarter
    /// A 128th: no shorter value is written outside tuplets.
    package static let shortest = quarter / 32

    /// `tick` of a score of `ticksPerQuarter`, rounded to the nearest fine tick.
    package static func fine(_ tick: Ticks, ticksPerQuarter: Int) -> Int {
        let (quarters, rest) = tick.count.quotientAndRemainder(dividingBy: ticksPerQuarter)
        return quarters * quarter + (rest * quarter + ticksPerQuarter / 2) / ticksPerQuarter
    }
}
