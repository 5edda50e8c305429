/// Which tempo holds from which tick on.
public struct TempoMap: Hashable, Sendable {
    /// One tempo, as MIDI files store it.
    public struct Change: Hashable, Sendable {
        public let tick: Ticks
        /// Length of a quarter note in microseconds, 1…16,777,215 (500,000 is 120 a minute).
        public let microsecondsPerQuarter: Int

        public init(tick: Ticks, microsecondsPerQuarter: Int) {
            precondition(
                tick >= .zero && (1...0xFF_FFFF).contains(microsecondsPerQuarter),
                "a tempo needs a tick from 0 on and 1…16,777,215 microseconds")
            self.tick = tick
            self.microsecondsPerQuarter = microsecondsPerQuarter
        }
    }

    /// In order of tick, the first at tick 0, one a tick.
    public let changes: [Change]

    /// Sorts the changes; of several at one tick the last wins; without one at tick 0, 120 quarters
    /// a minute hold until the first, as the MIDI specification says.
    public init(_ changes: [Change] = []) {
        var byTick: [Ticks: Change] = [
            .zero: Change(tick: .zero, microsecondsPerQuarter: 500_000)
        ]
        for change in changes { byTick[change.tick] = change }
        self.changes = byTick.values.sorted { $0.tick < $1.tick }
    }

    /// The tempo that holds at `tick`.
    public func change(at tick: Ticks) -> Change {
        changes.last { $0.tick <= tick } ?? changes[0]
    }

    /// Seconds from the start of the score to `tick`.
    public func seconds(at tick: Ticks, ticksPerQuarter: Int) -> Double {
        var microticks = 0.0
        for (index, change) in changes.enumerated() where change.tick < tick {
            let next = index + 1 < changes.count ? min(changes[index + 1].tick, tick) : tick
            microticks += Double((next - change.tick).count) * Double(change.microsecondsPerQuarter)
        }
        return microticks / Double(ticksPerQuarter) / 1e6
    }
}
