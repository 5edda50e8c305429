import Score

extension NotewiseEncoding {
    /// The canonical text of a score, without "<start>" and "<end>", and what was left out.
    /// O(n log n) for n notes.
    package func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport) {
        var report = EncodingReport(neverHeld: Self.neverHeld)
        let strikes = grid.strikes(of: score, report: &report)
        return (tokens(of: strikes), report)
    }

    /// What no notewise text tells.
    package static let neverHeld: [MusicAspect] = [
        .velocity, .tempo, .meter, .key, .pedal, .parts, .timing,
    ]

    /// Every start and every release as one number, step · 2n + cell · 2 (+ 1 for a release), whose
    /// order is the text's; then the tokens with the waits between.
    private func tokens(of strikes: [GridStrike]) -> [Int] {
        let keysPerStep = 2 * grid.cellCount
        var keys: [Int] = []
        keys.reserveCapacity(2 * strikes.count)
        var next = [Int](repeating: -1, count: grid.cellCount)
        for strike in strikes.reversed() {
            keys.append(strike.step * keysPerStep + 2 * strike.cell)
            if next[strike.cell] != strike.end {
                keys.append((strike.end - 1) * keysPerStep + 2 * strike.cell + 1)
            }
            next[strike.cell] = strike.step
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
