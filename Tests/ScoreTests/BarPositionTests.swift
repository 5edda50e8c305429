import Score
import Testing

struct BarPositionTests {
    private static func map(_ changes: [(tick: Int, numerator: Int, denominator: Int)]) throws
        -> MeterMap
    {
        try MeterMap(
            changes.map {
                .init(
                    tick: Ticks($0.tick), meter: try #require(Meter($0.numerator, $0.denominator)))
            })
    }

    @Test(arguments: [
        (0, 1, 1, 0), (479, 1, 1, 479), (480, 1, 2, 0), (1919, 1, 4, 479), (1920, 2, 1, 0),
        (3840, 3, 1, 0), (4080, 3, 2, 0), (4560, 4, 1, 0), (5000, 4, 2, 200),
    ])
    func ticksHaveBarsAndBeats(tick: Int, bar: Int, beat: Int, offset: Int) throws {
        let map = try Self.map([(3840, 3, 8)])
        let position = BarPosition(bar: bar, beat: beat, offset: Ticks(offset))
        #expect(map.position(of: Ticks(tick), ticksPerQuarter: 480) == position)
        #expect(map.tick(of: position, ticksPerQuarter: 480) == Ticks(tick))
    }

    /// An upbeat as a short first meter, and as a meter that is set again before its bar is over.
    @Test(arguments: [[(0, 1, 4), (480, 3, 4)], [(0, 3, 4), (480, 3, 4)]])
    func anUpbeatIsBarZero(changes: [(Int, Int, Int)]) throws {
        let map = try Self.map(changes)
        #expect(map.upbeat(ticksPerQuarter: 480) == Ticks(480))
        let places = [0, 480, 1919, 1920].map { map.position(of: Ticks($0), ticksPerQuarter: 480) }
        #expect(places.map(\.bar) == [0, 1, 1, 2])
        for (tick, place) in zip([0, 480, 1919, 1920], places) {
            #expect(map.tick(of: place, ticksPerQuarter: 480) == Ticks(tick))
        }
    }

    @Test(arguments: [
        [(0, 4, 4)], [(0, 4, 4), (1920, 3, 4)],
        [(0, 3, 4), (1440, 4, 4), (3360, 3, 4)].dropLast(2),
        [(0, 4, 4), (480, 1, 4)],
    ])
    func aFullFirstBarIsNoUpbeat(changes: [(Int, Int, Int)]) throws {
        let map = try Self.map(changes)
        #expect(map.upbeat(ticksPerQuarter: 480) == nil)
        #expect(map.tick(of: .init(bar: 0, beat: 1, offset: .zero), ticksPerQuarter: 480) == nil)
    }

    @Test func beatsThatAreNoWholeTicksStillCount() throws {
        let map = try Self.map([(0, 7, 8)])
        // Five ticks a quarter: eighths begin at 0, 2, 5, 7, 10, 12, 15; the bar has 17.
        let beats = (0..<17).map { map.position(of: Ticks($0), ticksPerQuarter: 5).beat }
        #expect(beats == [1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7])
    }

    @Test func everyTickIsFoundAgain() throws {
        let map = try Self.map([(0, 5, 8), (333, 4, 4), (4000, 12, 16), (4100, 1, 64)])
        for tick in 0..<6000 {
            let place = map.position(of: Ticks(tick), ticksPerQuarter: 96)
            #expect(map.tick(of: place, ticksPerQuarter: 96) == Ticks(tick))
        }
    }

    @Test func aMeterHasNoMoreBeatsThanItSays() throws {
        let map = try Self.map([(0, 3, 4)])
        #expect(map.tick(of: .init(bar: 1, beat: 4, offset: .zero), ticksPerQuarter: 480) == nil)
    }
}
