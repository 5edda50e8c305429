import MIDIFile
import Score

extension Performance {
    /// A file's piece with all that its channels are told: controllers, bends, pressures and programs as
    /// well as notes. Of a file of independent sequences, all sound together. System exclusives have no
    /// effect.
    public init(of file: EventFile, named name: String) {
        let (ticksPerQuarter, fixedTempo) = file.division.quarter
        var tempos: [TempoMap.Change] = []
        var timed: [(tick: Ticks, message: Message)] = []
        for track in file.tracks {
            for event in track {
                switch event.event {
                case .channel(let message):
                    timed.append((event.tick, Message(message)))
                case .meta(let meta):
                    guard let tempo = meta.microsecondsPerQuarter else { continue }
                    tempos.append(.init(tick: event.tick, microsecondsPerQuarter: tempo))
                case .exclusive, .escape: continue
                }
            }
        }
        if let fixedTempo { tempos = [.init(tick: .zero, microsecondsPerQuarter: fixedTempo)] }
        let map = TempoMap(tempos)
        self.init(
            named: name,
            events: timed.map { event in
                Event(
                    seconds: map.seconds(at: event.tick, ticksPerQuarter: ticksPerQuarter),
                    message: event.message)
            })
    }

    /// Reads a piece to be played: with all events of a Standard MIDI File, of another kind of file what
    /// a score holds.
    ///
    /// - Throws: `MIDIFileError` as `MIDIFile.read(contentsOf:policy:)` does.
    public static func read(
        contentsOf path: String
    ) throws(MIDIFileError) -> (performance: Performance, report: ReadingReport) {
        let (score, report, events) = try MIDIFile.readWithEvents(contentsOf: path)
        let performance =
            events.map { Performance(of: $0, named: path) } ?? Performance(of: score, named: path)
        return (performance, report)
    }
}

extension Performance.Message {
    fileprivate init(_ message: ChannelMessage) {
        let channel = message.channel
        switch message.kind {
        case .noteOn where message.second > 0:
            self = .strike(channel: channel, key: message.first, velocity: message.second)
        case .noteOn, .noteOff:
            self = .release(channel: channel, key: message.first)
        case .keyPressure:
            self = .keyPressure(channel: channel, key: message.first, value: message.second)
        case .controller:
            self = .controller(channel: channel, number: message.first, value: message.second)
        case .program:
            self = .program(channel: channel, number: message.first)
        case .channelPressure:
            self = .pressure(channel: channel, value: message.first)
        case .pitchBend:
            self = .bend(channel: channel, value: UInt16(message.combined))
        }
    }
}
