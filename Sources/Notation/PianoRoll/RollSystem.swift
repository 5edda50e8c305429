import Score

/// One line of a piano roll: some bars, and what sounds in them.
struct RollSystem: Sendable {
    /// A note, or what is left of one that began in a line before.
    struct Bar: Sendable {
        let note: Note
        /// Its place among the parts.
        let part: Int
    }

    /// Quarters in a line where the bars divide it well: nine bars of 4/4, twelve of 3/4.
    static let quarters = 36
    /// A held note is drawn in so many lines after its own at most.
    private static let longestHold = 8
    /// Semitones that are shown at least.
    private static let leastRange = 19

    let range: Range<Ticks>
    var begun: [Bar] = []
    var held: [Bar] = []

    private init(_ range: Range<Ticks>) { self.range = range }

    /// The keys that are shown, a little more than those that sound.
    var keys: ClosedRange<Int> {
        let numbers = (begun + held).map(\.note.pitch.number)
        var low = (numbers.min() ?? 60) - 2
        var high = (numbers.max() ?? 60) + 2
        while high - low < Self.leastRange { (low, high) = (low - 1, high + 1) }
        return max(0, low)...min(127, high)
    }

    /// The lines with notes that begin there, in order.
    static func systems(of parts: [Part], in score: Score) -> [RollSystem] {
        let bars = parts.enumerated().flatMap { index, part in
            part.notes.map { Bar(note: $0, part: index) }
        }.sorted { ($0.note.onset, $0.part) < ($1.note.onset, $1.part) }
        let end = score.meterMap.barLine(
            atOrAfter: score.end, ticksPerQuarter: score.ticksPerQuarter)
        var systems: [RollSystem] = []
        // What may sound beyond the line it began in.
        var sounding: [(bar: Bar, since: Int)] = []
        for bar in bars {
            if let last = systems.last, bar.note.onset < last.range.upperBound {
                systems[systems.count - 1].begun.append(bar)
            } else {
                var next = RollSystem(
                    line(at: bar.note.onset, after: systems.last, in: score, endingAt: end))
                next.begun = [bar]
                sounding.removeAll {
                    $0.bar.note.end <= next.range.lowerBound
                        || systems.count - $0.since > longestHold
                }
                next.held = sounding.map(\.bar)
                systems.append(next)
            }
            let line = systems[systems.count - 1]
            if bar.note.end > line.range.upperBound { sounding.append((bar, systems.count - 1)) }
        }
        return systems
    }

    /// The bars of the line in which `tick` lies: it begins where the one before ends, unless a long
    /// rest comes between, and takes as many bars as fit. A bar that is too long for a line is cut.
    ///
    /// - Parameter last: the bar line where the score ends.
    private static func line(
        at tick: Ticks, after former: RollSystem?, in score: Score, endingAt last: Ticks
    ) -> Range<
        Ticks
    > {
        let perQuarter = score.ticksPerQuarter
        let length = Ticks(quarters * perQuarter)
        var start = former?.range.upperBound ?? .zero
        if tick >= start + length {
            start = max(
                start, score.meterMap.barLine(atOrBefore: tick, ticksPerQuarter: perQuarter))
        }
        if tick >= start + length { start = tick }
        let limit = start + length
        let line = score.meterMap.barLine(atOrBefore: limit, ticksPerQuarter: perQuarter)
        var end = line > start ? line : limit
        // The bar that a cut-off line is in the middle of is not to come before the note.
        if end <= tick { end = limit }
        if last > tick { end = min(end, last) }
        return start..<max(end, tick + Ticks(1))
    }
}
