import Score

extension ScoreReader {
    mutating func readMeta(_ event: ScannedEvent, _ log: inout ReadingLog) {
        let meta = MetaEvent(scanned: event.first, bytes(event.data))
        switch event.first {
        case 0x01, 0x02: keepText(meta.data, at: event.tick, &log)
        case 0x03: if trackName == nil { trackName = Self.trimmedText(meta.data) }
        case 0x04...0x0F: log.omit(.texts)
        case 0x51: readTempo(meta, event, &log)
        case 0x58: readMeter(meta, event, &log)
        case 0x59: readKey(meta, event, &log)
        default: log.omit(.otherMetaEvents)
        }
    }

    /// Texts and copyright notices at the start are the score's texts.
    private mutating func keepText(
        _ data: ArraySlice<UInt8>, at tick: Int, _ log: inout ReadingLog
    ) {
        guard tick == 0, !data.isEmpty else {
            if !data.isEmpty { log.omit(.texts) }
            return
        }
        texts.append(Self.text(data))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func trimmedText(_ bytes: ArraySlice<UInt8>) -> String {
        let isPadding = { (byte: UInt8) in byte <= 0x20 }
        guard let first = bytes.firstIndex(where: { !isPadding($0) }),
            let last = bytes.lastIndex(where: { !isPadding($0) })
        else { return "" }
        return text(bytes[first...last])
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
