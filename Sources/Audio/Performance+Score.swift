import Score

extension Performance {
    private static let sustainPedal: UInt8 = 64
    /// FluidSynth has up to 256; one of them is the drums'.
    static let channelCount = 256

    /// The score as it is to sound: each part on a channel of its own while there are enough, all drums
    /// on one, and the pedal.
    public init(of score: Score, named name: String) {
        var timed: [(tick: Ticks, rank: Int, message: Message)] = []
        timed.reserveCapacity(2 * score.noteCount)
        var melodic = 0
        for part in score.parts where !part.notes.isEmpty {
            var channel = Self.drums
            if !part.isDrums {
                let place = melodic % (Self.channelCount - 1)
                channel = UInt8(place < Int(Self.drums) ? place : place + 1)
                melodic += 1
            }
            let program = Message.program(channel: channel, number: UInt8(part.program))
            timed.append((.zero, 0, program))
            timed += Self.notes(of: part, channel: channel)
            timed += Self.pedals(of: part, channel: channel)
        }
        timed.sort { ($0.tick, $0.rank) < ($1.tick, $1.rank) }
        self.init(
            named: name,
            events: timed.map {
                Event(seconds: score.seconds(at: $0.tick), message: $0.message)
            })
    }

    /// At one tick: the pedal comes up, keys are released, others struck, the pedal goes down, and what
    /// is released at once is released.
    private static func notes(
        of part: Part, channel: UInt8
    ) -> [(tick: Ticks, rank: Int, message: Message)] {
        var nextStrike = [Ticks](repeating: Ticks(.max), count: 128)
        var events: [(tick: Ticks, rank: Int, message: Message)] = []
        for note in part.notes.reversed() {
            let key = UInt8(note.pitch.number)
            // A key that is struck again has been released before; of strikes at once one will do.
            let end = min(note.end, nextStrike[note.pitch.number])
            guard nextStrike[note.pitch.number] > note.onset else { continue }
            nextStrike[note.pitch.number] = note.onset
            let velocity = UInt8(note.velocity.value)
            events.append(
                (note.onset, 3, .strike(channel: channel, key: key, velocity: velocity)))
            events.append((end, end == note.onset ? 5 : 2, .release(channel: channel, key: key)))
        }
        return events.reversed()
    }

    private static func pedals(
        of part: Part, channel: UInt8
    ) -> [(tick: Ticks, rank: Int, message: Message)] {
        part.pedals.flatMap { pedal in
            let down = Message.controller(channel: channel, number: sustainPedal, value: 127)
            let up = Message.controller(channel: channel, number: sustainPedal, value: 0)
            return [(pedal.down, 4, down), (pedal.up, pedal.up == pedal.down ? 5 : 1, up)]
        }
    }
}
