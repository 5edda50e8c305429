import Score

extension NotewiseEncoding {
    /// The canonical text of a score, without "<start>" and "<end>".
    ///
    /// All parts but drums are encoded as piano-like. Onset step = ⌊onset · f⌋, length =
    /// ⌊duration · f⌋ with onset and duration in quarters, at least one step. Notes that strike the
    /// same key in the same step merge to the longest. O(n log n) for n notes.
    package func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport) {
        var report = EncodingReport(neverHeld: Self.neverHeld)
        let strikes = strikes(of: score, report: &report)
        return (tokens(of: strikes), report)
    }

    /// What no notewise text tells.
    package static let neverHeld: [MusicAspect] = [
        .velocity, .tempo, .meter, .key, .pedal, .parts, .timing,
    ]

    /// A note on the grid; it sounds in the steps `step`…`end` − 1.
    struct Strike {
        var step: Int
        var index: Int
        var end: Int
    }

    /// The score's notes on the grid in order of step, then of index, no two of an index overlapping.
    private func strikes(of score: Score, report: inout EncodingReport) -> [Strike] {
        var all: [Strike] = []
        for part in score.parts {
            if part.isDrums {
                report.add(.drums, notes: part.notes.count)
                continue
            }
            for note in part.notes {
                if !range.contains(note.pitch) { report.add(.folded) }
                let step = step(at: note.onset, in: score)
                let length = max(1, self.step(at: note.duration, in: score))
                all.append(
                    Strike(step: step, index: range.index(of: note.pitch), end: step + length))
            }
        }
        all.sort { ($0.step, $0.index, $1.end) < ($1.step, $1.index, $0.end) }
        return withoutOverlaps(all, report: &report)
    }

    private func step(at tick: Ticks, in score: Score) -> Int {
        resolution.step(atTick: tick.count, ticksPerQuarter: score.ticksPerQuarter)
    }

    /// Of strikes in one cell keeps the first, which the order makes the longest; ends each note
    /// where its key is struck again.
    private func withoutOverlaps(_ sorted: [Strike], report: inout EncodingReport) -> [Strike] {
        var kept: [Strike] = []
        kept.reserveCapacity(sorted.count)
        var latest = [Int](repeating: -1, count: range.count)
        for strike in sorted {
            if latest[strike.index] >= 0 {
                let former = latest[strike.index]
                if kept[former].step == strike.step {
                    report.add(.merged)
                    continue
                }
                if kept[former].end > strike.step {
                    kept[former].end = strike.step
                    report.add(.shortened)
                }
            }
            latest[strike.index] = kept.count
            kept.append(strike)
        }
        report.encodedNotes = kept.count
        return kept
    }

    /// Every start and every release as one number, step · 2n + index · 2 (+ 1 for a release), whose
    /// order is the text's; then the tokens with the waits between.
    private func tokens(of strikes: [Strike]) -> [Int] {
        let keysPerStep = 2 * range.count
        var keys: [Int] = []
        keys.reserveCapacity(2 * strikes.count)
        var next = [Int](repeating: -1, count: range.count)
        for strike in strikes.reversed() {
            keys.append(strike.step * keysPerStep + 2 * strike.index)
            if next[strike.index] != strike.end {
                keys.append((strike.end - 1) * keysPerStep + 2 * strike.index + 1)
            }
            next[strike.index] = strike.step
        }
        keys.sort()

        var tokens: [Int] = []
        tokens.reserveCapacity(2 * keys.count)
        var now = 0
        for key in keys {
            let (step, inStep) = key.quotientAndRemainder(dividingBy: keysPerStep)
            layout.appendWait(step - now, to: &tokens)
            now = step
            let first = inStep % 2 == 0 ? layout.firstStart : layout.firstRelease
            tokens.append(first + inStep / 2)
        }
        if !keys.isEmpty { layout.appendWait(1, to: &tokens) }
        return tokens
    }
}
