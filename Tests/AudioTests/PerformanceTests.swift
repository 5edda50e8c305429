import Audio
import Score
import Testing

/// What the synthesizer is told.
struct PerformanceTests {
    private static func strike(_ key: UInt8, channel: UInt8 = 0) -> Performance.Message {
        .strike(channel: channel, key: key, velocity: 80)
    }

    private static func pedal(_ value: UInt8) -> Performance.Message {
        .controller(channel: 0, number: 64, value: value)
    }

    @Test func whatHappensAtOnceHappensInAUsefulOrder() throws {
        let part = Part(
            notes: [
                try Pieces.note(60, at: 0), try Pieces.note(60, at: 480, for: 0),
                try Pieces.note(62, at: 480, for: 240),
            ],
            pedals: [
                Pedal(down: Ticks(0), up: Ticks(480)), Pedal(down: Ticks(480), up: Ticks(720)),
            ])
        let events = Performance(of: Score(parts: [part]), named: "x").events
        #expect(
            events.filter { $0.seconds == 0.5 }.map(\.message) == [
                Self.pedal(0), .release(channel: 0, key: 60), Self.strike(60), Self.strike(62),
                Self.pedal(127), .release(channel: 0, key: 60),
            ])
        #expect(
            events.filter { $0.seconds == 0.75 }.map(\.message) == [
                Self.pedal(0), .release(channel: 0, key: 62),
            ])
    }

    @Test func aKeyThatIsStruckAgainIsReleasedThen() throws {
        let part = Part(notes: [
            try Pieces.note(60, at: 0, for: 960), try Pieces.note(60, at: 480, for: 960),
        ])
        let events = Performance(of: Score(parts: [part]), named: "x").events
        #expect(events.map(\.seconds) == [0, 0, 0.5, 0.5, 1.5])
        #expect(events[2].message == .release(channel: 0, key: 60))
    }

    @Test func drumsShareTheirChannelAndOthersDoNot() throws {
        let note = try Pieces.note(60, at: 0)
        let parts = (0..<12).map { index in
            Part(program: index, isDrums: [3, 5].contains(index), notes: [note])
        }
        let strikes = Performance(of: Score(parts: parts), named: "x").events.filter {
            if case .strike = $0.message { true } else { false }
        }
        let expected: [UInt8] = [0, 1, 2, 9, 3, 9, 4, 5, 6, 7, 8, 10]
        #expect(Set(strikes.map(\.message)) == Set(expected.map { Self.strike(60, channel: $0) }))
    }

    @Test func eventsAreSortedByTimeAndKeepTheirOrder() {
        let messages: [(Double, Performance.Message)] = [
            (2, Self.strike(1)), (1, Self.strike(2)), (2, Self.strike(3)), (1, Self.strike(4)),
        ]
        let performance = Performance(
            named: "x", events: messages.map { .init(seconds: $0.0, message: $0.1) })
        #expect(performance.events.map(\.message) == [2, 4, 1, 3].map { Self.strike($0) })
        #expect(performance.seconds == 2 && performance.hasNotes)
        #expect(!Performance(named: "x", events: []).hasNotes)
    }
}
