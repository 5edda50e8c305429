/// Which meter holds from which tick on, and so where the bar lines are.
public struct MeterMap: Hashable, Sendable {
    public struct Change: Hashable, Sendable {
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
        var byTick: [Ticks: Change] = [.zero: Change(tick: .zero, meter: .common)]
        for change in changes { byTick[change.tick] = change }
        self.changes = byTick.values.sorted { $0.tick < $1.tick }
    }

    /// The meter that holds at `tick`.
    public func change(at tick: Ticks) -> Change {
        changes.last { $0.tick <= tick } ?? changes[0]
    }

    /// The first bar line at or after `tick`. A meter change starts a new bar wherever it stands.
    public func barLine(atOrAfter tick: Ticks, ticksPerQuarter: Int) -> Ticks {
        let current = change(at: tick)
        let length = current.meter.barLength(ticksPerQuarter: ticksPerQuarter).count
        let bars = ((tick - current.tick).count + length - 1) / length
        let line = current.tick + Ticks(bars * length)
        let next = changes.first { $0.tick > tick }?.tick
        return next.map { min($0, line) } ?? line
    }

    /// The bar line `bars` bars after the bar line `start`.
    public func barLine(_ bars: Int, after start: Ticks, ticksPerQuarter: Int) -> Ticks {
        var line = start
        for _ in 0..<bars {
            line = barLine(atOrAfter: line + Ticks(1), ticksPerQuarter: ticksPerQuarter)
        }
        return line
    }
}
