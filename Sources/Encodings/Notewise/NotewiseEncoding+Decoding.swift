import Score

extension NotewiseEncoding {
    /// The notes that `tokens` tell, in order of onset, then of pitch, at the default velocity.
    ///
    /// Any sequence of ids of the vocabulary has a meaning. A note lasts to the end of the step that
    /// releases it, or to its next strike, whichever comes first; without either it lasts as `rule`
    /// says. Releases of notes that do not sound, "<start>" and "<end>" are ignored.
    /// Ticks are exact when f divides `ticksPerQuarter`. Otherwise a step begins at the next tick, so
    /// that onsets encode to the same step again, but a length can come out one step shorter.
    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int = 480, rule: ReleaseRule = .clara
    ) -> (notes: [Note], report: DecodingReport) {
        var reader = NotewiseReader(pitchCount: range.count, rule: rule)
        for id in tokens { reader.read(layout.token(id)) }
        reader.finish()

        let tick = { Ticks(self.resolution.tick(atStep: $0, ticksPerQuarter: ticksPerQuarter)) }
        let notes = reader.strikes.map { strike in
            let onset = tick(strike.step)
            return Note(
                pitch: range.pitch(at: strike.index), onset: onset,
                duration: tick(strike.end) - onset)
        }
        return (notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, reader.report)
    }

    /// The music that `tokens` tell: their notes as one part for the piano, at the standard tempo and
    /// in 4/4, for the text holds neither.
    @_disfavoredOverload
    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport) {
        let (notes, report): ([Note], DecodingReport) = decode(
            tokens, ticksPerQuarter: ticksPerQuarter, rule: rule)
        return (Score(ticksPerQuarter: ticksPerQuarter, parts: [Part(notes: notes)]), report)
    }
}

/// Turns tokens, one after the other, into notes on the grid.
private struct NotewiseReader {
    /// In order of the starts; the end of one that still sounds is provisional.
    private(set) var strikes: [NotewiseEncoding.Strike] = []
    private(set) var report = DecodingReport()
    private let rule: ReleaseRule
    private var step = 0
    private var position = 0
    /// For each pitch index its last strike, −1 without one.
    private var latest: [Int]
    /// For each pitch index the position of the start token while the note sounds, −1 otherwise.
    private var startPosition: [Int]

    init(pitchCount: Int, rule: ReleaseRule) {
        self.rule = rule
        latest = [Int](repeating: -1, count: pitchCount)
        startPosition = [Int](repeating: -1, count: pitchCount)
    }

    mutating func read(_ token: NotewiseEncoding.Token) {
        switch token {
        case .start(let index): start(index)
        case .release(let index): release(index)
        case .wait(let steps): step += steps
        case .pieceStart, .pieceEnd: break
        }
        position += 1
    }

    /// Gives what still sounds the rule's length.
    mutating func finish() {
        report.add(.unreleased, times: startPosition.count { $0 >= 0 })
    }

    private func isWithinReach(_ index: Int) -> Bool {
        position - startPosition[index] <= rule.tokensAhead
    }

    private mutating func start(_ index: Int) {
        let former = latest[index]
        if former >= 0 && strikes[former].step == step {
            report.add(.repeated)
            if startPosition[index] < 0 { reopen(index) }
            return
        }
        if startPosition[index] >= 0 {
            if isWithinReach(index) {
                strikes[former].end = step
            } else {
                report.add(.unreleased)
            }
        }
        if former >= 0 { strikes[former].end = min(strikes[former].end, step) }
        latest[index] = strikes.count
        startPosition[index] = position
        strikes.append(.init(step: step, index: index, end: step + rule.defaultLength))
    }

    /// A second start in a step whose note was already released: the note goes on.
    private mutating func reopen(_ index: Int) {
        startPosition[index] = position
        strikes[latest[index]].end = step + rule.defaultLength
    }

    private mutating func release(_ index: Int) {
        guard startPosition[index] >= 0 else {
            report.add(.unmatched)
            return
        }
        if isWithinReach(index) {
            strikes[latest[index]].end = step + 1
        } else {
            report.add(.unreleased)
            report.add(.unmatched)
        }
        startPosition[index] = -1
    }
}
