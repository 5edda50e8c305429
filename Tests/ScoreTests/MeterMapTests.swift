import Score
import Testing

struct MeterMapTests {
    /// Two bars of 4/4, a short one of 100 ticks, then 3/8 from 3940 on.
    let map: MeterMap

    init() throws {
        let meter = try #require(Meter(3, 8))
        map = MeterMap([.init(tick: Ticks(3940), meter: meter)])
    }

    @Test(arguments: [
        (0, 0), (1, 1920), (1920, 1920), (3840, 3840), (3841, 3940), (3940, 3940), (3941, 4660),
    ])
    func theNextBarLineIsFound(tick: Int, line: Int) {
        #expect(map.barLine(atOrAfter: Ticks(tick), ticksPerQuarter: 480) == Ticks(line))
    }

    @Test(arguments: [(0, 0), (1919, 0), (1920, 1920), (3939, 3840), (3940, 3940), (4660, 4660)])
    func theLastBarLineIsFound(tick: Int, line: Int) {
        #expect(map.barLine(atOrBefore: Ticks(tick), ticksPerQuarter: 480) == Ticks(line))
    }

    @Test(arguments: [
        (0, 0, 0), (1, 0, 1920), (2, 0, 3840), (3, 0, 3940), (4, 0, 4660), (2, 1920, 3940),
        (1, 3000, 3840), (1, 3840, 3940), (2, 3940, 5380), (1_000_000, 0, 3940 + 999_997 * 720),
    ])
    func barsAreCountedAcrossMeterChanges(bars: Int, start: Int, line: Int) {
        #expect(map.barLine(bars, after: Ticks(start), ticksPerQuarter: 480) == Ticks(line))
    }

    @Test func steppingBarByBarGivesTheSameLines() {
        var line = Ticks.zero
        for bars in 1...20 {
            line = map.barLine(atOrAfter: line + Ticks(1), ticksPerQuarter: 480)
            #expect(map.barLine(bars, after: .zero, ticksPerQuarter: 480) == line)
            #expect(map.barCount(before: line, ticksPerQuarter: 480) == bars)
            #expect(map.barCount(before: line + Ticks(1), ticksPerQuarter: 480) == bars + 1)
        }
    }

    @Test func aBarHasAtLeastOneTick() throws {
        let meter = try #require(Meter(1, 64))
        #expect(meter.barLength(ticksPerQuarter: 1) == Ticks(1))
        let map = MeterMap([.init(tick: .zero, meter: meter)])
        #expect(map.barLine(5, after: .zero, ticksPerQuarter: 1) == Ticks(5))
    }

    @Test(arguments: [(0, 4), (256, 4), (4, 0), (4, 3), (4, 128), (-3, 4)])
    func impossibleMetersDoNotExist(numerator: Int, denominator: Int) {
        #expect(Meter(numerator, denominator) == nil)
    }
}
