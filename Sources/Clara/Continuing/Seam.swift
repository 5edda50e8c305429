import Encodings
import Score

/// Where a prompt ends on the encoding's grid and its continuation begins, and where that ends.
package struct Seam: Hashable, Sendable {
    /// The step with which the continuation begins.
    package let startStep: Int
    /// The step with which it is over, at a bar line.
    package let endStep: Int
    package let start: Ticks
    /// The last bar line at or before `start`.
    package let barLine: Ticks
    /// The bar line where the continuation ends.
    package let end: Ticks
    /// Bars that the continuation fills, the first perhaps in part.
    package let bars: Int

    /// From the beginning of `score` to the bar line at its end: all of it.
    package init(allOf score: Score, encoding: any MusicEncoding) {
        let ticksPerQuarter = score.ticksPerQuarter
        startStep = 0
        start = .zero
        barLine = .zero
        end = score.meterMap.barLine(atOrAfter: score.end, ticksPerQuarter: ticksPerQuarter)
        endStep = Self.endStep(at: end, after: 0, ticksPerQuarter: ticksPerQuarter, encoding)
        bars = score.meterMap.barCount(before: end, ticksPerQuarter: ticksPerQuarter)
    }

    /// - Parameters:
    ///   - prompt: its last note ends the prompt; where the next bar line is at most a sixteenth
    ///     away, that does, since players and programs release notes a little early.
    ///   - place: where the prompt ends instead, not before its last note does.
    ///   - tokens: the prompt's, which fill some steps of the encoding.
    package init(
        after prompt: Score, at place: Ticks? = nil, tokens: [Int],
        length: ContinuationSettings.Length, encoding: any MusicEncoding
    ) {
        let ticksPerQuarter = prompt.ticksPerQuarter
        let meters = prompt.meterMap
        var start = place ?? prompt.end
        let next = meters.barLine(atOrAfter: start, ticksPerQuarter: ticksPerQuarter)
        if place == nil, (next - start).count <= ticksPerQuarter / 4 { start = next }
        let step = encoding.step(atTick: start, ticksPerQuarter: ticksPerQuarter)
        startStep = max(encoding.steps(of: tokens), step)
        if startStep > step {
            start = encoding.tick(atStep: startStep, ticksPerQuarter: ticksPerQuarter)
        }
        self.start = start
        barLine = meters.barLine(atOrBefore: start, ticksPerQuarter: ticksPerQuarter)
        let first = meters.barLine(atOrAfter: start, ticksPerQuarter: ticksPerQuarter)
        switch length {
        case .bars(let bars):
            end = meters.barLine(bars, after: first, ticksPerQuarter: ticksPerQuarter)
        case .seconds(let seconds):
            let wanted = prompt.tempoMap.tick(
                atSeconds: prompt.seconds(at: start) + seconds, ticksPerQuarter: ticksPerQuarter)
            end = meters.barLine(
                atOrAfter: max(wanted, first + Ticks(1)), ticksPerQuarter: ticksPerQuarter)
        }
        endStep = Self.endStep(
            at: end, after: startStep, ticksPerQuarter: ticksPerQuarter, encoding)
        bars =
            meters.barCount(before: end, ticksPerQuarter: ticksPerQuarter)
            - meters.barCount(before: barLine, ticksPerQuarter: ticksPerQuarter)
    }

    /// The step of a bar line; one between two steps belongs to the later one.
    private static func endStep(
        at end: Ticks, after start: Int, ticksPerQuarter: Int, _ encoding: any MusicEncoding
    ) -> Int {
        let step = encoding.step(atTick: end, ticksPerQuarter: ticksPerQuarter)
        let tick = encoding.tick(atStep: step, ticksPerQuarter: ticksPerQuarter)
        return max(start + 1, tick < end ? step + 1 : step)
    }
}
