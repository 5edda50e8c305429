import Score

/// Reads the tracks of one file into the pieces of a score.
struct FileReader {
    var cursor: ByteCursor
    let header: FileHeader
    var log: ReadingLog
    let latestTick: Int

    // What the file has given so far.
    var tempos: [TempoMap.Change] = []
    var meters: [MeterMap.Change] = []
    var keys: [KeyMap.Change] = []
    var texts: [String] = []
    var parts: [NoteCollector.Found] = []
    var notes: NoteCollector
    var pedals = PedalCollector()

    // Where the present track stands.
    var trackCount = 0
    var trackName: String?
    var tick = 0
    /// The running status; 0 before the first channel event.
    var status: UInt8 = 0
    /// Whether a meta or system event came since, which by the specification ends it.
    var statusIsStale = false
    var hasEndOfTrack = false
    /// Whether the file ends before the track's chunk does.
    var endsBeforeItsChunk = false

    init(_ bytes: [UInt8], named name: String, policy: ReadingPolicy) throws(MIDIFileError) {
        cursor = ByteCursor(bytes)
        log = ReadingLog()
        header = try FileHeader(&cursor, named: name, log: &log)
        latestTick = MIDIFile.latestTick(ticksPerQuarter: header.ticksPerQuarter).count
        notes = NoteCollector(overlap: policy.overlap)
        if let tempo = header.fixedTempo {
            tempos = [TempoMap.Change(tick: .zero, microsecondsPerQuarter: tempo)]
        }
    }

    /// The score, and what had to be repaired or left out.
    mutating func read() -> (score: Score, report: ReadingReport) {
        readChunks()
        log.beginTrack(nil)
        if header.format == 0, trackCount > 1 {
            log.repair(.severalTracksInFormat0, at: header.body.lowerBound)
        }
        if header.trackCount != trackCount {
            log.repair(
                .trackCount(declared: header.trackCount, found: trackCount),
                at: header.trackCountOffset)
        }
        if header.format == 2 { log.omit(.independentSequences, count: trackCount) }
        log.omit(.overlappingNotes, count: notes.overlapCount)
        let score = Score(
            ticksPerQuarter: header.ticksPerQuarter, tempoMap: TempoMap(tempos),
            meterMap: MeterMap(meters), keyMap: KeyMap(keys), parts: finishedParts(), texts: texts)
        return (score, log.report)
    }

    private mutating func finishedParts() -> [Part] {
        let (pedals, lost) = pedals.presses(of: parts.map(\.place), sharing: header.format != 2)
        log.omit(.sustainPedal, count: lost)
        return zip(parts, pedals).map { part, pedals in
            Part(
                name: part.name, program: part.place.program, isDrums: part.place.channel == 9,
                notes: part.notes, pedals: pedals)
        }
    }

    /// Reads the track whose events begin at the cursor and end before its limit.
    mutating func readTrack() {
        trackCount += 1
        log.beginTrack(trackCount)
        trackName = nil
        tick = 0
        status = 0
        statusIsStale = false
        hasEndOfTrack = false
        notes.beginTrack()
        readEvents()

        pedals.endTrack(tick: tick)
        let (found, unreleased) = notes.endTrack(trackCount, named: trackName ?? "", tick: tick)
        if unreleased > 0 { log.repair(.unreleasedNote, at: cursor.position, count: unreleased) }
        if found.isEmpty, trackName != nil { log.omit(.namesOfSilentTracks) }
        parts += found
    }
}
