import Score
import Testing

struct TempoMapTests {
    let map = TempoMap([
        .init(tick: Ticks(960), microsecondsPerQuarter: 1_000_000),
        .init(tick: Ticks(480), microsecondsPerQuarter: 250_000),
    ])

    @Test(arguments: [
        (0, 0.0), (240, 0.25), (480, 0.5), (720, 0.625), (960, 0.75), (961, 0.75 + 1.0 / 480),
        (1440, 1.75),
    ])
    func secondsAreExactAcrossTempoChanges(tick: Int, seconds: Double) {
        #expect(map.seconds(at: Ticks(tick), ticksPerQuarter: 480) == seconds)
    }

    @Test func withoutAChangeTheTempoIs120() {
        #expect(TempoMap().seconds(at: Ticks(4800), ticksPerQuarter: 480) == 5)
    }

    @Test func ofTwoChangesAtATickTheLastHolds() {
        let map = TempoMap([
            .init(tick: .zero, microsecondsPerQuarter: 1),
            .init(tick: .zero, microsecondsPerQuarter: 2),
        ])
        #expect(map.changes.map(\.microsecondsPerQuarter) == [2])
    }

    @Test func ticksAtTheirOwnSecondsAreThemselves() {
        for tick in 0..<3000 {
            let seconds = map.seconds(at: Ticks(tick), ticksPerQuarter: 480)
            #expect(map.tick(atSeconds: seconds, ticksPerQuarter: 480) == Ticks(tick))
        }
    }

    @Test(arguments: [
        (-1.0, 0), (.nan, 0), (0.0005, 0), (.infinity, 1 << 53), (1e300, 1 << 53),
    ])
    func anySecondsGiveATick(seconds: Double, tick: Int) {
        #expect(map.tick(atSeconds: seconds, ticksPerQuarter: 480) == Ticks(tick))
    }

    @Test func farTicksDoNotOverflow() {
        let far = Ticks(Int.max)
        let map = TempoMap([.init(tick: far, microsecondsPerQuarter: 0xFF_FFFF)])
        #expect(map.seconds(at: far, ticksPerQuarter: 1).isFinite)
        #expect(map.change(at: far).microsecondsPerQuarter == 0xFF_FFFF)
    }
}

struct TempoMapOverAnHourTests {
    /// A tempo change at each sixteenth for more than an hour: each tick's time, against sums of whole
    /// numbers, differs by less than a microsecond.
    @Test func anHourIsExactToAMicrosecond() {
        var state: UInt64 = 1
        let tempos = (0..<40_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return 200_000 + Int(state >> 40) % 700_000
        }
        let map = TempoMap(
            tempos.enumerated().map {
                .init(tick: Ticks($0.offset * 120), microsecondsPerQuarter: $0.element)
            })
        var elapsed = 0
        for (index, tempo) in tempos.enumerated() {
            let seconds = map.seconds(at: Ticks(index * 120), ticksPerQuarter: 480)
            #expect(abs(seconds * 1e6 - Double(elapsed) / 480) < 0.01)
            elapsed += tempo * 120
        }
        #expect(elapsed / 480 > 3_600_000_000)
    }
}
