/// Two synthesizers that share the keys of a performance, so that two cores play it.
///
/// Sound adds up, so it does not matter who plays a note, save where notes of a channel act on each
/// other: those of the drums (an open hi-hat ends where it is closed) and of channels that are played
/// legato or with one voice. Such channels stay whole. The number of players is fixed, not that of the
/// cores, so that a performance sounds the same to the last bit on every machine.
struct Ensemble {
    private static let size = 2
    /// Portamento, its time, legato and the modes with one voice.
    private static let joiningControllers: Set<UInt8> = [5, 65, 68, 84, 126]

    private let players: [Player]

    /// One synthesizer and what it has to play.
    private final class Player {
        let synthesizer: Synthesizer
        let events: [Performance.Event]
        var next = 0
        var samples: [Float] = []

        init(_ synthesizer: Synthesizer, _ events: [Performance.Event]) {
            self.synthesizer = synthesizer
            self.events = events
        }

        /// Plays up to the frame `start + count`.
        func play(from start: Int, count: Int) {
            if samples.count != 2 * count { samples = [Float](repeating: 0, count: 2 * count) }
            samples.withUnsafeMutableBufferPointer { samples in
                var frame = 0
                while frame < count {
                    let time = start + frame + Synthesizer.block
                    while next < events.count, events[next].frame < time {
                        synthesizer.take(events[next].message)
                        next += 1
                    }
                    // Several blocks at once, up to the next event's, take a tenth less time.
                    let due = next < events.count ? events[next].frame - start : count
                    let end = min(count, due / Synthesizer.block * Synthesizer.block)
                    synthesizer.play(into: .init(rebasing: samples[2 * frame..<2 * end]))
                    frame = end
                }
            }
        }
    }

    init(_ soundFont: SoundFont, playing performance: Performance) throws(SoundError) {
        var whole = [Bool](repeating: false, count: Performance.channelCount)
        whole[Int(Performance.drums)] = true
        for event in performance.events {
            guard case .controller(let channel, let number, _) = event.message,
                Self.joiningControllers.contains(number)
            else { continue }
            whole[Int(channel)] = true
        }
        var players: [Player] = []
        for index in 0..<Self.size {
            let events = performance.events.filter { event in
                guard let (channel, key) = event.message.place else { return true }
                let number = whole[Int(channel)] ? channel : key
                return Int(number) % Self.size == index
            }
            players.append(Player(try Synthesizer(soundFont), events))
        }
        self.players = players
    }

    /// The next `count` frames, a multiple of `Synthesizer.block`, of two channels, interleaved.
    ///
    /// - Parameter other: done at the same time, on another thread or this one.
    func play(
        from start: Int, count: Int, besides other: () throws(SoundError) -> Void
    ) throws(SoundError) -> [Float] {
        precondition(count % Synthesizer.block == 0, "whole blocks only")
        // The short task last, for the player that is ready first.
        try concurrently(players.count + 1) { index throws(SoundError) in
            if index < players.count {
                players[index].play(from: start, count: count)
            } else {
                try other()
            }
        }
        var sum = players[0].samples
        for player in players.dropFirst() {
            for index in sum.indices { sum[index] += player.samples[index] }
        }
        return sum
    }

    var isSounding: Bool { players.contains { $0.synthesizer.isSounding } }

    func releaseAll() {
        for player in players { player.synthesizer.releaseAll() }
    }
}

extension Performance.Event {
    fileprivate var frame: Int { Int(seconds * Double(Synthesizer.sampleRate)) }
}

extension Performance.Message {
    /// The channel and the key; nil where it is about a whole channel.
    fileprivate var place: (channel: UInt8, key: UInt8)? {
        switch self {
        case .strike(let channel, let key, _), .release(let channel, let key),
            .keyPressure(let channel, let key, _):
            (channel, key)
        case .controller, .program, .pressure, .bend: nil
        }
    }
}
