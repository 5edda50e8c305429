import Score

extension ScoreReader {
    mutating func readMeta(_ event: ScannedEvent, _ log: inout ReadingLog) {
        let meta = MetaEvent(scanned: event.first, bytes(event.data))
        switch event.first {
        case 0x01...0x0F: readText(meta, event, &log)
        case 0x51: readTempo(meta, event, &log)
        case 0x58: readMeter(meta, event, &log)
        case 0x59: readKey(meta, event, &log)
        default: log.omit(.otherMetaEvents)
        }
    }

    /// Texts and copyright notices at the start are the score's texts; the first name is the track's.
    private mutating func readText(
        _ meta: MetaEvent, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        if meta.textKind != nil { textEvidence.add(meta.data) }
        let place = UInt32(event.data.lowerBound)..<UInt32(event.data.upperBound)
        switch meta.textKind {
        case .text, .copyright:
            if meta.data.isEmpty { return }
            if event.tick == 0 { texts.append(place) } else { log.omit(.texts) }
        case .trackName: if trackName == nil { trackName = place }
        default: log.omit(.texts)
        }
    }

    /// Whether tempo and meter of the present track hold for the score: in a format 2 file those of
    /// the first sequence only.
    private var leads: Bool { header.format != 2 || track == 1 }

    private mutating func readTempo(
        _ meta: MetaEvent, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        guard let length = meta.microsecondsPerQuarter else {
            return log.repair(.invalidTempo, at: event.offset)
        }
        guard leads, header.division.ticksPerQuarter != nil else {
            return log.omit(.tempoChanges)
        }
        tempos.append(
            TempoMap.Change(tick: Ticks(event.tick), microsecondsPerQuarter: length))
    }

    private mutating func readMeter(
        _ meta: MetaEvent, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        guard let meter = meta.meter else { return log.repair(.invalidMeter, at: event.offset) }
        guard leads else { return log.omit(.meterChanges) }
        meters.append(MeterMap.Change(tick: Ticks(event.tick), meter: meter))
    }

    private mutating func readKey(
        _ meta: MetaEvent, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        guard let key = meta.key else { return log.repair(.invalidKey, at: event.offset) }
        guard leads else { return log.omit(.keySignatures) }
        keys.append(KeyMap.Change(tick: Ticks(event.tick), key: key))
    }
}
