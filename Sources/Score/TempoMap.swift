/// Which tempo holds from which tick on.
public struct TempoMap: Hashable, Sendable {
    /// One tempo, as MIDI files store it.
    public struct Change: Hashable, Sendable, ChangeInTime {
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
    /// For each change, ticks times microseconds per quarter up to it: exact below 2⁵³, which is
    /// half a billion quarters at 120 a minute and 480 ticks.
    private let elapsed: [Double]

    /// Sorts the changes; of several at one tick the last wins; without one at tick 0, 120 quarters
    /// a minute hold until the first, as the MIDI specification says.
    public init(_ changes: [Change] = []) {
        let ordered = changes.inOrder(
            after: Change(tick: .zero, microsecondsPerQuarter: 500_000))
        var elapsed: [Double] = []
        elapsed.reserveCapacity(ordered.count)
        var sum = 0.0
        for (index, change) in ordered.enumerated() {
            elapsed.append(sum)
            if index + 1 < ordered.count { sum += change.length(to: ordered[index + 1].tick) }
        }
        self.changes = ordered
        self.elapsed = elapsed
    }

    /// The tempo that holds at `tick`, and since when. Logarithmic in the number of changes.
    public func change(at tick: Ticks) -> Change {
        changes[changes.index(ofLastWhere: { $0.tick <= tick })]
    }

    /// Seconds from the start of the score to `tick`. Logarithmic in the number of changes.
    public func seconds(at tick: Ticks, ticksPerQuarter: Int) -> Double {
        let index = changes.index(ofLastWhere: { $0.tick <= tick })
        let total = elapsed[index] + changes[index].length(to: tick)
        return total / Double(ticksPerQuarter) / 1e6
    }

    /// The last tick that is not later than `seconds`; at most 2⁵³, and zero before the start.
    public func tick(atSeconds seconds: Double, ticksPerQuarter: Int) -> Ticks {
        let total = seconds * 1e6 * Double(ticksPerQuarter)
        let index = elapsed.index(ofLastWhere: { $0 <= total })
        let change = changes[index]
        let since = (total - elapsed[index]) / Double(change.microsecondsPerQuarter)
        // Rounding of the division is not to lose a tick that falls exactly there.
        let tick = Double(change.tick.count) + (since + 1e-6).rounded(.down)
        return Ticks(Int(tick.isNaN ? 0 : min(max(tick, 0), 0x1p53)))
    }
}

extension TempoMap.Change {
    /// Ticks times microseconds per quarter, from this change to `end` at this tempo.
    fileprivate func length(to end: Ticks) -> Double {
        Double(end.count - tick.count) * Double(microsecondsPerQuarter)
    }
}
