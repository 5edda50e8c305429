import Score

/// A bar line in a piano roll.
struct RollBarLine {
    let tick: Ticks
    /// Of the bar that begins there: from 1 on, 0 for an upbeat.
    let number: Int
    /// The meter where it is another than before.
    let newMeter: Meter?

    /// Those in `range`, in order. Bars shorter than a 64th are not shown, but counted.
    static func lines(in range: Range<Ticks>, of score: Score) -> [RollBarLine] {
        let (meters, perQuarter) = (score.meterMap, score.ticksPerQuarter)
        let least = Ticks(max(1, perQuarter / 16))
        var tick = meters.barLine(atOrAfter: range.lowerBound, ticksPerQuarter: perQuarter)
        var number = meters.position(of: tick, ticksPerQuarter: perQuarter).bar
        var lines: [RollBarLine] = []
        while tick < range.upperBound {
            if lines.last.map({ tick >= $0.tick + least }) ?? true {
                let meter = meters.change(at: tick).meter
                let isNew = tick == .zero || meters.change(at: tick - Ticks(1)).meter != meter
                lines.append(
                    RollBarLine(tick: tick, number: number, newMeter: isNew ? meter : nil))
            }
            tick = meters.barLine(atOrAfter: tick + Ticks(1), ticksPerQuarter: perQuarter)
            number += 1
        }
        return lines
    }
}
