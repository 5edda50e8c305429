import Measures
import Score
import Testing

struct ExcerptTests {
    /// A chord below G4, G4 again, A4, a leap to C5 and C5 again.
    @Test func theUpperLinesMotionIsAsByHand() throws {
        let excerpt = try Music.excerpt(
            [
                (60, 0, 1), (67, 0, 1), (67, 1, 1), (69, 2, 1), (72, 3, 1), (72, 4, 1),
            ], quarters: 5)
        #expect(excerpt.melodicMotion == MelodicMotion(repetitions: 0.5, steps: 0.25))
        #expect(try Music.excerpt([(60, 0, 1), (64, 0, 1)], quarters: 4).melodicMotion == nil)
    }

    @Test func itHasWhatBeginsInItMovedAndCut() throws {
        let score = try Music.score([(60, 0, 5), (62, 4, 1), (64, 7, 4), (65, 8, 1)])
        let excerpt = Excerpt(Ticks(4 * 480)..<Ticks(8 * 480), of: score)
        #expect(excerpt.notes.map(\.pitch.number) == [62, 64])
        #expect(excerpt.notes.map(\.onset.count) == [0, 3 * 480])
        #expect(excerpt.notes.map(\.duration.count) == [480, 480])
    }

    @Test func drumsAreLeftOut() throws {
        var score = try Music.score([(60, 0, 1)])
        score.parts.append(Part(isDrums: true, notes: score.parts[0].notes))
        #expect(Excerpt(.zero..<Ticks(480), of: score).notes.count == 1)
    }

    @Test func barsFollowTheMeterAndTheLastIsCut() throws {
        let meter = try #require(Meter(3, 4))
        let excerpt = try Music.excerpt([], quarters: 8, meter: meter)
        #expect(excerpt.bars.map(\.lowerBound.count) == [0, 1440, 2880])
        #expect(excerpt.bars.last?.upperBound == Ticks(8 * 480))
    }

    @Test func secondsFollowTheTempo() throws {
        #expect(isClose(try Music.excerpt([], quarters: 8, quartersPerMinute: 60).seconds, 8))
    }
}
