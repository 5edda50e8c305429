/// A place in a score as musicians say it: bar, beat, and how far into the beat.
public struct BarPosition: Hashable, Sendable {
    /// Counted from 1; an upbeat is bar 0.
    public let bar: Int
    /// Counted from 1, in the meter's own note value: the quarters of 3/4, the eighths of 6/8.
    public let beat: Int
    /// Ticks since the beat, never negative.
    public let offset: Ticks

    public init(bar: Int, beat: Int, offset: Ticks) {
        precondition(bar >= 0 && beat >= 1 && offset >= .zero, "bars count from 0, beats from 1")
        self.bar = bar
        self.beat = beat
        self.offset = offset
    }
}

extension MeterMap {
    /// How long the upbeat is, nil where the score begins with a full bar.
    ///
    /// Files tell an upbeat by a first meter that ends early: 1/4 for one bar and then 3/4, or 4/4
    /// set again after a beat. An upbeat that is filled with rests is a full bar.
    public func upbeat(ticksPerQuarter: Int) -> Ticks? {
        guard changes.count > 1 else { return nil }
        let length = changes[1].tick
        let first = changes[0].meter.barLength(ticksPerQuarter: ticksPerQuarter)
        let next = changes[1].meter.barLength(ticksPerQuarter: ticksPerQuarter)
        return length <= first && length < next ? length : nil
    }

    /// Where `tick`, which must not be negative, lies. A bar whose length is no whole number of beats
    /// counts beats from its bar line. Linear in the number of meter changes before it.
    public func position(of tick: Ticks, ticksPerQuarter: Int) -> BarPosition {
        let line = barLine(atOrBefore: tick, ticksPerQuarter: ticksPerQuarter)
        let since = (tick - line).count
        let meter = change(at: tick).meter
        // Rounding as bars are rounded: beat n begins at ⌊n · 4 · ticks / denominator⌋.
        let whole = 4 * ticksPerQuarter
        var beat = since * meter.denominator / whole
        if (beat + 1) * whole / meter.denominator <= since { beat += 1 }
        return BarPosition(
            bar: bar(at: line, ticksPerQuarter: ticksPerQuarter), beat: beat + 1,
            offset: Ticks(since - beat * whole / meter.denominator))
    }

    /// The tick of a place; nil where the score has no such bar, or its meter no such beat.
    /// Linear in the number of meter changes.
    public func tick(of position: BarPosition, ticksPerQuarter: Int) -> Ticks? {
        let hasUpbeat = upbeat(ticksPerQuarter: ticksPerQuarter) != nil
        guard position.bar >= (hasUpbeat ? 0 : 1) else { return nil }
        let line = barLine(
            hasUpbeat ? position.bar : position.bar - 1, after: .zero,
            ticksPerQuarter: ticksPerQuarter)
        let meter = change(at: line).meter
        guard position.beat <= meter.numerator else { return nil }
        let beat = (position.beat - 1) * 4 * ticksPerQuarter / meter.denominator
        return line + Ticks(beat) + position.offset
    }

    /// The number of the bar that begins at `line`.
    private func bar(at line: Ticks, ticksPerQuarter: Int) -> Int {
        let before = barCount(before: line, ticksPerQuarter: ticksPerQuarter)
        return upbeat(ticksPerQuarter: ticksPerQuarter) == nil ? before + 1 : before
    }
}
