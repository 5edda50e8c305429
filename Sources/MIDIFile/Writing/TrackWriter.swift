import Score

/// Turns what a score holds into track chunks.
enum TrackWriter {
    static func conductorTrack(of score: Score, latest: Int, end: Int) -> [UInt8] {
        var track = EventBytes()
        for text in score.texts { track.addMeta(0x01, text.utf8, at: 0) }
        let meters = score.meterMap.changes.map { change in
            (tick: change.tick.count, type: UInt8(0x58), data: data(of: change.meter))
        }
        let tempos = score.tempoMap.changes.map { change in
            let data = EventBytes.number(change.microsecondsPerQuarter, length: 3)
            return (tick: change.tick.count, type: UInt8(0x51), data: data)
        }
        let keys = score.keyMap.changes.map { change in
            let data = [
                UInt8(bitPattern: Int8(change.key.sharps)), change.key.mode == .major ? 0 : 1,
            ]
            return (tick: change.tick.count, type: UInt8(0x59), data: data)
        }
        // At one tick the key comes first, then the meter.
        let changes = (meters + tempos + keys).sorted {
            ($0.tick, $1.type) < ($1.tick, $0.type)
        }
        for change in changes {
            track.addMeta(change.type, change.data, at: min(change.tick, latest))
        }
        return track.chunk(endingAt: end)
    }

    /// Numerator, power of the denominator, MIDI clocks to a click, 32nds to a quarter.
    private static func data(of meter: Meter) -> [UInt8] {
        let isCompound = meter.denominator >= 8 && meter.numerator > 3 && meter.numerator % 3 == 0
        let click = max(1, 96 / meter.denominator) * (isCompound ? 3 : 1)
        let power = meter.denominator.trailingZeroBitCount
        return [UInt8(meter.numerator), UInt8(power), UInt8(click), 8]
    }

    /// - Parameter isPedalled: whether some part on this channel has a pedal. One without then says
    ///   that its own is up, as it would share the other's otherwise.
    static func track(
        of part: Part, channel: Int, isPedalled: Bool, latest: Int, end: Int
    ) -> [UInt8] {
        var track = EventBytes()
        if !part.name.isEmpty { track.addMeta(0x03, part.name.utf8, at: 0) }
        track.add([0xC0 | UInt8(channel), UInt8(part.program)], at: 0)
        let pedals = pedalMoves(of: part, latest: latest)[...]
        if pedals.isEmpty, isPedalled { track.add([0xB0 | UInt8(channel), 64, 0], at: 0) }
        var rest = pedals
        func addPedals(while isDue: (PedalMove) -> Bool) {
            while let move = rest.first, isDue(move) {
                track.add([0xB0 | UInt8(channel), 64, move.value], at: move.tick)
                rest = rest.dropFirst()
            }
        }
        for event in events(of: part, latest: latest) {
            // The pedal comes up before the notes of its tick and goes down after them, so that it
            // catches none that end there.
            addPedals { ($0.tick, $0.isLate ? 1 : 0) <= (event.tick, 0) }
            let status: UInt8 = event.isStrike ? 0x90 : 0x80
            let velocity = UInt8(event.isStrike ? event.velocity : 64)
            track.add([status | UInt8(channel), UInt8(event.pitch), velocity], at: event.tick)
        }
        addPedals { _ in true }
        return track.chunk(endingAt: end)
    }

    private struct PedalMove {
        let tick: Int
        let value: UInt8
        /// Whether it comes after the notes of its tick.
        let isLate: Bool
    }

    private static func pedalMoves(of part: Part, latest: Int) -> [PedalMove] {
        part.pedals.flatMap { pedal in
            let down = min(pedal.down.count, latest)
            let up = min(pedal.up.count, latest)
            return [
                PedalMove(tick: down, value: 127, isLate: true),
                PedalMove(tick: up, value: 0, isLate: up == down),
            ]
        }
    }

    private struct Event {
        let tick: Int
        /// The note's place in its part.
        let index: Int
        let isStrike: Bool
        let pitch: Int
        let velocity: Int
    }

    /// Strikes and releases in time. At one tick they are in the order of their notes, so the
    /// releases of earlier notes come before the strikes.
    private static func events(of part: Part, latest: Int) -> [Event] {
        var nextStrike = [Int](repeating: .max, count: 128)
        var events: [Event] = []
        events.reserveCapacity(2 * part.notes.count)
        for (index, note) in part.notes.enumerated().reversed() {
            let pitch = note.pitch.number
            let start = min(note.onset.count, latest)
            let end = min(start + min(note.duration.count, latest - start), nextStrike[pitch])
            nextStrike[pitch] = start
            for (tick, isStrike) in [(start, true), (end, false)] {
                events.append(
                    Event(
                        tick: tick, index: index, isStrike: isStrike, pitch: pitch,
                        velocity: note.velocity.value))
            }
        }
        return events.sorted {
            ($0.tick, $0.index, $0.isStrike ? 0 : 1) < ($1.tick, $1.index, $1.isStrike ? 0 : 1)
        }
    }
}
