import Score

/// The bars of a score, its upbeat and its keys.
struct BarPlan: Hashable, Sendable {
    /// More are no music that anyone would print.
    static let limit = 20_000

    let bars: [Bar]

    /// The bars up to the end of the last note, at least one.
    ///
    /// - Parameter end: in fine ticks.
    init(of score: Score, end: Int) throws(NotationError) {
        let count = score.barCount
        guard count <= Self.limit else { throw .tooManyBars(count, limit: Self.limit) }
        let resolution = score.ticksPerQuarter
        let upbeat = score.meterMap.upbeat(ticksPerQuarter: resolution) != nil
        // What lies behind the last note plays no part, and could lie too far to be counted.
        let changes = score.meterMap.changes.filter { $0.tick <= score.end }.map { change in
            let fine = FineTime.fine(change.tick, ticksPerQuarter: resolution)
            return (
                time: FineTime.nearest(to: fine, step: FineTime.shortest), meter: change.meter
            )
        }
        let keys = KeyPlan(of: score)
        var bars: [Bar] = []
        for (index, change) in changes.enumerated() {
            let next = index + 1 < changes.count ? changes[index + 1].time : Int.max
            let isUpbeat = index == 0 && upbeat && changes.count > 1
            let meter = isUpbeat ? changes[1].meter : change.meter
            let full = FineTime.whole / change.meter.denominator * change.meter.numerator
            var at = change.time
            while at < next, at < end || bars.isEmpty {
                let length = min(full, next - at)
                let number = (bars.last?.number ?? (upbeat ? -1 : 0)) + 1
                bars.append(
                    Bar(
                        start: at, length: length, meter: meter, number: number,
                        isUpbeat: isUpbeat, key: keys.key(at: at)))
                at += length
                guard bars.count <= 2 * Self.limit else {
                    throw .tooManyBars(bars.count, limit: Self.limit)
                }
            }
        }
        self.bars = bars
    }
}
