/// Which meter holds from which tick on, and so where the bar lines are.
///
/// A bar is as long as its meter says (`Meter.barLength`). Bar lines stand at tick 0, at every
/// change of meter, wherever it stands (so the bar before a change may be short), and after each
/// full bar. An upbeat is a short first bar (`upbeat(ticksPerQuarter:)`).
public struct MeterMap: Hashable, Sendable {
    public struct Change: Hashable, Sendable, ChangeInTime {
        public let tick: Ticks
        public let meter: Meter

        public init(tick: Ticks, meter: Meter) {
            precondition(tick >= .zero, "a meter cannot lie before time zero")
            self.tick = tick
            self.meter = meter
        }
    }

    /// In order of tick, the first at tick 0, one a tick.
    public let changes: [Change]

    /// Sorts the changes; of several at one tick the last wins; without one at tick 0, 4/4 holds
    /// until the first, as the MIDI specification says.
    public init(_ changes: [Change] = []) {
        self.changes = changes.inOrder(after: Change(tick: .zero, meter: .common))
    }

    /// The meter that holds at `tick`, and since when. Logarithmic in the number of changes.
    public func change(at tick: Ticks) -> Change { changes[index(at: tick)] }

    /// The first bar line at or after `tick`, which must not be negative.
    public func barLine(atOrAfter tick: Ticks, ticksPerQuarter: Int) -> Ticks {
        let line = barLine(atOrBefore: tick, ticksPerQuarter: ticksPerQuarter)
        return line == tick ? tick : barLine(1, after: line, ticksPerQuarter: ticksPerQuarter)
    }

    /// The last bar line at or before `tick`, which must not be negative.
    public func barLine(atOrBefore tick: Ticks, ticksPerQuarter: Int) -> Ticks {
        precondition(tick >= .zero, "there are no bars before time zero")
        let current = change(at: tick)
        let length = current.meter.barLength(ticksPerQuarter: ticksPerQuarter).count
        return Ticks(tick.count - (tick - current.tick).count % length)
    }

    /// The `bars`th bar line after `start`, which is `start` itself where `bars` is 0. Linear in the
    /// number of meter changes between, not in the bars.
    public func barLine(_ bars: Int, after start: Ticks, ticksPerQuarter: Int) -> Ticks {
        precondition(bars >= 0, "bars are counted forward")
        var line = start
        var left = bars
        var index = index(at: start)
        while left > 0 {
            let length = changes[index].meter.barLength(ticksPerQuarter: ticksPerQuarter).count
            let from = barLine(atOrBefore: line, ticksPerQuarter: ticksPerQuarter).count
            guard index + 1 < changes.count else { return Ticks(from + left * length) }
            let next = changes[index + 1].tick
            let linesToNext = Self.ceiling(next.count - from, length)
            if left < linesToNext { return Ticks(from + left * length) }
            left -= linesToNext
            line = next
            index += 1
        }
        return line
    }

    /// How many bars begin before `tick`: the number of the bar, counted from 1, in which a note
    /// that ends there ends. Linear in the number of meter changes.
    public func barCount(before tick: Ticks, ticksPerQuarter: Int) -> Int {
        var count = 0
        for (index, change) in changes.enumerated() where change.tick < tick {
            let end = index + 1 < changes.count ? min(changes[index + 1].tick, tick) : tick
            let length = change.meter.barLength(ticksPerQuarter: ticksPerQuarter).count
            count += Self.ceiling((end - change.tick).count, length)
        }
        return count
    }

    private func index(at tick: Ticks) -> Int {
        changes.index(ofLastWhere: { $0.tick <= tick })
    }

    private static func ceiling(_ dividend: Int, _ divisor: Int) -> Int {
        dividend / divisor + (dividend % divisor > 0 ? 1 : 0)
    }
}
