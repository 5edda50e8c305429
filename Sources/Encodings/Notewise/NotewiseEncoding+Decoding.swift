import Score

extension NotewiseEncoding {
    /// The music that `tokens` tell: a part for each instrument, at the standard tempo and velocity
    /// and in 4/4, for the text holds none of them.
    ///
    /// Any sequence of ids of the vocabulary has a meaning. A note lasts to the end of the step that
    /// releases it, or to its next strike, whichever comes first; without either it lasts as `rule`
    /// says. Releases of notes that do not sound, "<start>" and "<end>" are ignored.
    /// Ticks are exact when f divides `ticksPerQuarter`; see `NoteGrid.score`.
    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport) {
        var reader = NotewiseReader(cellCount: grid.cellCount, rule: rule)
        for id in tokens { reader.read(layout.token(id)) }
        reader.finish()
        return (grid.score(of: reader.strikes, ticksPerQuarter: ticksPerQuarter), reader.report)
    }
}

/// Turns tokens, one after the other, into notes on the grid.
private struct NotewiseReader {
    /// In order of the starts; the end of one that still sounds is provisional.
    private(set) var strikes: [GridStrike] = []
    private(set) var report = DecodingReport()
    private let rule: ReleaseRule
    private var step = 0
    private var position = 0
    /// For each cell its last strike, −1 without one.
    private var latest: [Int]
    /// For each cell the position of the start token while the note sounds, −1 otherwise.
    private var startPosition: [Int]

    init(cellCount: Int, rule: ReleaseRule) {
        self.rule = rule
        latest = [Int](repeating: -1, count: cellCount)
        startPosition = [Int](repeating: -1, count: cellCount)
    }

    mutating func read(_ token: NotewiseEncoding.Token) {
        switch token {
        case .start(let cell): start(cell)
        case .release(let cell): release(cell)
        case .wait(let steps): step += steps
        case .pieceStart, .pieceEnd: break
        }
        position += 1
    }

    /// Gives what still sounds the rule's length.
    mutating func finish() {
        report.add(.unreleased, times: startPosition.count { $0 >= 0 })
    }

    private func isWithinReach(_ cell: Int) -> Bool {
        position - startPosition[cell] <= rule.tokensAhead
    }

    private mutating func start(_ cell: Int) {
        let former = latest[cell]
        if former >= 0 && strikes[former].step == step {
            report.add(.repeated)
            if startPosition[cell] < 0 { reopen(cell) }
            return
        }
        if startPosition[cell] >= 0 {
            if isWithinReach(cell) {
                strikes[former].end = step
            } else {
                report.add(.unreleased)
            }
        }
        if former >= 0 { strikes[former].end = min(strikes[former].end, step) }
        latest[cell] = strikes.count
        startPosition[cell] = position
        strikes.append(GridStrike(step: step, cell: cell, end: step + rule.defaultLength))
    }

    /// A second start in a step whose note was already released: the note goes on.
    private mutating func reopen(_ cell: Int) {
        startPosition[cell] = position
        strikes[latest[cell]].end = step + rule.defaultLength
    }

    private mutating func release(_ cell: Int) {
        guard startPosition[cell] >= 0 else {
            report.add(.unmatched)
            return
        }
        if isWithinReach(cell) {
            strikes[latest[cell]].end = step + 1
        } else {
            report.add(.unreleased)
            report.add(.unmatched)
        }
        startPosition[cell] = -1
    }
}
