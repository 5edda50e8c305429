import Score

/// Which key each bar is written in: the file's, with the mode that its notes suggest, or the one
/// that all the notes suggest.
struct KeyPlan: Hashable, Sendable {
    private struct Change: Hashable {
        let time: Int
        let key: KeySignature
    }

    private let changes: [Change]

    init(of score: Score) {
        let resolution = score.ticksPerQuarter
        var changes = [Change(time: 0, key: score.principalKey ?? .none)]
        let told = score.keyMap.changes.filter { $0.tick <= score.end }
        let notes = told.count > 1 ? score.parts.filter { !$0.isDrums }.flatMap(\.notes) : []
        for (index, change) in told.enumerated() where change.tick > .zero && index < 200 {
            let end = index + 1 < told.count ? told[index + 1].tick : Ticks(Int.max)
            let stretch = notes.lazy.filter { $0.onset >= change.tick && $0.onset < end }
            let key = KeyEstimate(of: stretch)?.key(withSharps: change.key.sharps) ?? change.key
            let line = score.meterMap.barLine(
                atOrBefore: change.tick, ticksPerQuarter: resolution)
            changes.append(
                Change(time: FineTime.fine(line, ticksPerQuarter: resolution), key: key))
        }
        self.changes = changes
    }

    func key(at time: Int) -> KeySignature {
        changes.last { $0.time <= time }?.key ?? changes[0].key
    }
}
