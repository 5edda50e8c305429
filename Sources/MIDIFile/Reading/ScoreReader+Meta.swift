import Score

extension ScoreReader {
    mutating func readMeta(_ event: ScannedEvent, _ log: inout ReadingLog) {
        let data = bytes(event.data)
        switch event.first {
        case 0x01, 0x02: keepText(data, at: event.tick, &log)
        case 0x03: if trackName == nil { trackName = Self.trimmedText(data) }
        case 0x04...0x0F: log.omit(.texts)
        case 0x51: readTempo(data, event, &log)
        case 0x58: readMeter(data, event, &log)
        case 0x59: readKey(data, event, &log)
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
        _ data: ArraySlice<UInt8>, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        let length = data.prefix(3).reduce(0) { $0 << 8 | Int($1) }
        guard data.count >= 3, length > 0 else {
            return log.repair(.invalidTempo, at: event.offset)
        }
        guard leads, header.fixedTempo == nil else { return log.omit(.tempoChanges) }
        tempos.append(
            TempoMap.Change(tick: Ticks(event.tick), microsecondsPerQuarter: length))
    }

    private mutating func readMeter(
        _ data: ArraySlice<UInt8>, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        guard data.count >= 2, let power = data.dropFirst().first, power <= 6,
            let meter = data.first.flatMap({ Meter(Int($0), 1 << Int(power)) })
        else { return log.repair(.invalidMeter, at: event.offset) }
        guard leads else { return log.omit(.meterChanges) }
        meters.append(MeterMap.Change(tick: Ticks(event.tick), meter: meter))
    }

    private mutating func readKey(
        _ data: ArraySlice<UInt8>, _ event: ScannedEvent, _ log: inout ReadingLog
    ) {
        guard data.count >= 2, let sharps = data.first, let mode = data.dropFirst().first,
            mode <= 1,
            let key = KeySignature(
                sharps: Int(Int8(bitPattern: sharps)), mode: mode == 0 ? .major : .minor)
        else { return log.repair(.invalidKey, at: event.offset) }
        guard leads else { return log.omit(.keySignatures) }
        keys.append(KeyMap.Change(tick: Ticks(event.tick), key: key))
    }
}
