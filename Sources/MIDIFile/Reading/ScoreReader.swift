import Score

/// Makes a score of a file's chunks.
struct ScoreReader: ChunkVisitor {
    private let file: [UInt8]
    let header: FileHeader

    // What the file has given so far.
    var tempos: [TempoMap.Change] = []
    var meters: [MeterMap.Change] = []
    var keys: [KeyMap.Change] = []
    /// Where the texts at the start lie. What they say depends on all texts of the file.
    var texts: [Range<UInt32>] = []
    var textEvidence = TextEvidence()
    /// Where the name of each part lies.
    private var names: [Range<UInt32>] = []
    private var parts: [Part] = []
    private var places: [PedalCollector.Place] = []
    private var notes: NoteCollector
    private var pedals = PedalCollector()

    // Where the present track stands.
    var track = 0
    var trackName: Range<UInt32>?

    /// The score, and what had to be repaired or left out.
    static func read(
        _ bytes: [UInt8], named name: String, overlap: ReadingPolicy.Overlap
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport) {
        var file = try FileReader(bytes, named: name)
        return NoteTable.withTable(forBytes: bytes.count) { table in
            bytes.withUnsafeBufferPointer { buffer in
                var reader = ScoreReader(
                    bytes, file.header, NoteCollector(table, overlap: overlap))
                var log = file.read(buffer, by: &reader)
                let score = reader.score(&log)
                return (score, log.report)
            }
        }
    }

    private init(_ file: [UInt8], _ header: FileHeader, _ notes: NoteCollector) {
        self.file = file
        self.header = header
        self.notes = notes
        if let tempo = header.division.quarter.fixedTempo {
            tempos = [TempoMap.Change(tick: .zero, microsecondsPerQuarter: tempo)]
        }
    }

    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { file[range] }

    mutating func readUnknownChunk(_ range: Range<Int>, log: inout ReadingLog) {
        log.omit(.unknownChunks)
    }

    mutating func readTrack(
        _ number: Int, by scanner: inout TrackScanner, in bytes: UnsafeBufferPointer<UInt8>,
        log: inout ReadingLog
    ) {
        track = number
        trackName = nil
        notes.beginTrack()
        let end = readEvents(by: &scanner, in: bytes, &log)
        pedals.endTrack(tick: end)
        let unreleased = notes.endNotes(at: end)
        if unreleased > 0 { log.repair(.unreleasedNote, at: scanner.position, count: unreleased) }
        addParts(&log)
    }

    /// Reads the track's events and returns its last tick.
    private mutating func readEvents(
        by scanner: inout TrackScanner, in bytes: UnsafeBufferPointer<UInt8>,
        _ log: inout ReadingLog
    ) -> Int {
        while true {
            let event = scanner.next(in: bytes, log: &log)
            let channel = Int(event.status & 0x0F)
            switch event.status >> 4 {
            case 0x9 where event.second > 0:
                notes.strike(
                    pitch: event.first, velocity: event.second, channel: channel, tick: event.tick)
            case 0x8, 0x9:
                if !notes.release(pitch: event.first, channel: channel, tick: event.tick) {
                    log.repair(.strayRelease, at: event.offset)
                }
            case 0xA, 0xD: log.omit(.aftertouch)
            case 0xB: readController(event, channel: channel, &log)
            case 0xC: notes.setProgram(event.first, channel: channel)
            case 0xE: log.omit(.pitchBends)
            case 0xF where event.status == 0xFF: readMeta(event, &log)
            case 0xF: log.omit(.systemExclusives)
            default: return event.tick
            }
        }
    }

    private mutating func readController(
        _ event: ScannedEvent, channel: Int, _ log: inout ReadingLog
    ) {
        guard event.first == 64 else {
            log.omit(.controllers)
            if event.first == 120 || event.first == 123 {
                notes.releaseAll(channel: channel, tick: event.tick)
            }
            return
        }
        pedals.move(
            channel: channel, to: event.second, track: track,
            program: notes.program(ofChannel: channel), tick: event.tick)
    }

    /// Makes parts of the notes of the track that ends.
    private mutating func addParts(_ log: inout ReadingLog) {
        let before = parts.count
        notes.takeParts { channel, program, notes in
            guard parts.count < MIDIFile.maximumPartCount else {
                log.omit(.notesOfFurtherParts, count: notes.count)
                return
            }
            places.append(.init(track: track, channel: channel, program: program))
            names.append(trackName ?? 0..<0)
            parts.append(Part(program: program, isDrums: channel == 9, notes: consume notes))
        }
        if parts.count == before, trackName != nil { log.omit(.namesOfSilentTracks) }
    }

    private mutating func score(_ log: inout ReadingLog) -> Score {
        if header.format == 2 { log.omit(.independentSequences, count: track) }
        log.omit(.overlappingNotes, count: notes.overlapCount)
        let lost = pedals.give(to: &parts, at: places, sharing: header.format != 2)
        log.omit(.sustainPedal, count: lost)
        let encoding = textEvidence.encoding
        func text(_ range: Range<UInt32>) -> String {
            encoding.text(bytes(Int(range.lowerBound)..<Int(range.upperBound)))
        }
        for (index, name) in names.enumerated() where !name.isEmpty {
            parts[index].name = text(name).trimmedName
        }
        return Score(
            ticksPerQuarter: header.division.quarter.ticks, tempoMap: TempoMap(tempos),
            meterMap: MeterMap(meters), keyMap: KeyMap(keys), parts: parts,
            texts: texts.map(text).filter { !$0.isEmpty })
    }
}
