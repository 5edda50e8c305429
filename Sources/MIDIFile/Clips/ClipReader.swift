import Score

/// Reads MIDI 2.0 clip files into scores: notes, sustain pedal, tempo, meter, key and texts, by channel
/// voice messages of MIDI 1.0 and of MIDI 2.0.
///
/// Values of 16 and 32 bits become those of 7 bits as the specification asks: their upper bits are
/// taken, and a velocity that would come to 0 is 1. Tempos become whole microseconds. Each of the
/// sixteen groups is read as a track of its own, with sixteen channels.
///
/// Specification: *MIDI Clip File*, M2-116-U 1.0, MIDI Association, 2023.
struct ClipReader {
    static let header = Array("SMF2CLIP".utf8)

    private let overlap: ReadingPolicy.Overlap
    var log = ReadingLog()
    var tempos: [TempoMap.Change] = []
    var meters: [MeterMap.Change] = []
    var keys: [KeyMap.Change] = []
    var texts = ClipTexts()
    /// Which groups have channel voice messages, a bit each.
    private var groups: UInt16 = 0
    private var parts: [Part] = []
    private var places: [PedalCollector.Place] = []
    private var pedals = PedalCollector()

    /// The score, and what had to be repaired or left out.
    ///
    /// - Parameter bytes: those of a file that begins with `header`.
    static func read(
        _ bytes: [UInt8], overlap: ReadingPolicy.Overlap
    ) -> (score: Score, report: ReadingReport) {
        var reader = ClipReader(overlap: overlap)
        let scanner = ClipScanner(bytes, log: &reader.log)
        reader.readAllButNotes(scanner)
        NoteTable.withTable(forBytes: bytes.count) { reader.readNotes(scanner, into: $0) }
        let score = reader.score(ticksPerQuarter: scanner.ticksPerQuarter)
        return (score, reader.log.report)
    }

    private init(overlap: ReadingPolicy.Overlap) { self.overlap = overlap }

    private mutating func readAllButNotes(_ scanner: ClipScanner) {
        var scanner = scanner
        while let message = scanner.next(log: &log) {
            switch message.packet.kind {
            case .flexData: readFlexData(message)
            case .channelVoice1, .channelVoice2: groups |= 1 << message.packet.group
            case .data64, .data128: log.omit(.systemExclusives)
            default: log.omit(.otherMetaEvents)
            }
        }
    }

    private mutating func readNotes(_ scanner: ClipScanner, into table: NoteTable) {
        var notes = NoteCollector(table, overlap: overlap)
        for group in 0..<UInt8(16) where groups >> group & 1 == 1 {
            log.beginTrack(Int(group) + 1)
            readNotes(scanner, ofGroup: group, into: &notes)
        }
        log.beginTrack(nil)
        log.omit(.overlappingNotes, count: notes.overlapCount)
    }

    private mutating func readNotes(
        _ scanner: ClipScanner, ofGroup group: UInt8, into notes: inout NoteCollector
    ) {
        var scanner = scanner
        // What there is to repair about packets and times is known already.
        var unheard = ReadingLog()
        notes.beginTrack()
        while let message = scanner.next(log: &unheard) {
            guard message.packet.group == group, let voice = ChannelVoice(message.packet) else {
                continue
            }
            read(voice, of: message, &notes)
        }
        pedals.endTrack(tick: scanner.tick)
        let unreleased = notes.endNotes(at: scanner.tick)
        if unreleased > 0 {
            log.repair(.unreleasedNote, at: scanner.position, count: unreleased)
        }
        notes.takeParts { channel, program, notes in
            places.append(.init(track: Int(group) + 1, channel: channel, program: program))
            parts.append(
                Part(
                    name: texts.clipName, program: program, isDrums: channel == 9,
                    notes: consume notes))
        }
    }

    private mutating func read(
        _ voice: ChannelVoice, of message: ClipScanner.Message, _ notes: inout NoteCollector
    ) {
        let channel = voice.channel
        let tick = message.tick
        switch voice.kind {
        case .strike(let pitch, let velocity):
            notes.strike(pitch: pitch, velocity: velocity, channel: channel, tick: tick)
        case .release(let pitch):
            if !notes.release(pitch: pitch, channel: channel, tick: tick) {
                log.repair(.strayRelease, at: message.offset)
            }
        case .controller(64, let value):
            pedals.move(
                channel: channel, to: value, track: Int(message.packet.group) + 1,
                program: notes.program(ofChannel: channel), tick: tick)
        case .controller(let number, _):
            log.omit(.controllers)
            if number == 120 || number == 123 { notes.releaseAll(channel: channel, tick: tick) }
        case .program(let number): notes.setProgram(number, channel: channel)
        case .other(let kind): log.omit(kind)
        case .invalid: log.repair(.dataByteOver127, at: message.offset)
        }
    }

    private mutating func score(ticksPerQuarter: Int) -> Score {
        log.omit(.sustainPedal, count: pedals.give(to: &parts, at: places, sharing: false))
        log.omit(.texts, count: texts.laterCount)
        return Score(
            ticksPerQuarter: ticksPerQuarter, tempoMap: TempoMap(tempos),
            meterMap: MeterMap(meters), keyMap: KeyMap(keys), parts: parts, texts: texts.first)
    }
}
