import Score

extension FileReader {
    /// A meta event, after its FF. False after End of Track, and where it does not fit.
    mutating func readMeta(at offset: Int) -> Bool {
        statusIsStale = true
        guard let type = cursor.next(), let length = cursor.nextVariableLength(),
            length.value <= cursor.remaining
        else {
            cutShort(at: offset)
            return false
        }
        let data = cursor.position..<cursor.position + length.value
        cursor.position = data.upperBound
        switch type {
        case 0x01, 0x02: keepText(data)
        case 0x03: if trackName == nil { trackName = trimmedText(data) }
        case 0x04...0x0F: log.omit(.texts)
        case 0x2F:
            hasEndOfTrack = true
            return false
        case 0x51: readTempo(data, at: offset)
        case 0x58: readMeter(data, at: offset)
        case 0x59: readKey(data, at: offset)
        default: log.omit(.otherMetaEvents)
        }
        return true
    }

    /// Texts and copyright notices at the start are the score's texts.
    private mutating func keepText(_ data: Range<Int>) {
        guard tick == 0, !data.isEmpty else {
            if !data.isEmpty { log.omit(.texts) }
            return
        }
        texts.append(text(data))
    }

    private func text(_ data: Range<Int>) -> String {
        let bytes = cursor.bytes[data]
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private func trimmedText(_ data: Range<Int>) -> String {
        let isPadding = { (byte: UInt8) in byte <= 0x20 }
        let bytes = cursor.bytes[data]
        guard let first = bytes.firstIndex(where: { !isPadding($0) }),
            let last = bytes.lastIndex(where: { !isPadding($0) })
        else { return "" }
        return text(first..<last + 1)
    }

    /// Whether tempo and meter of the present track hold for the score: in a format 2 file those of
    /// the first sequence only.
    private var leads: Bool { header.format != 2 || trackCount == 1 }

    private mutating func readTempo(_ data: Range<Int>, at offset: Int) {
        guard data.count >= 3 else { return log.repair(.invalidTempo, at: offset) }
        let length = cursor.number(at: data.lowerBound, length: 3)
        guard length > 0 else { return log.repair(.invalidTempo, at: offset) }
        guard leads, header.fixedTempo == nil else { return log.omit(.tempoChanges) }
        tempos.append(TempoMap.Change(tick: Ticks(tick), microsecondsPerQuarter: length))
    }

    private mutating func readMeter(_ data: Range<Int>, at offset: Int) {
        let bytes = cursor.bytes[data]
        guard bytes.count >= 2, let power = bytes.dropFirst().first, power <= 6,
            let meter = bytes.first.flatMap({ Meter(Int($0), 1 << Int(power)) })
        else { return log.repair(.invalidMeter, at: offset) }
        guard leads else { return log.omit(.meterChanges) }
        meters.append(MeterMap.Change(tick: Ticks(tick), meter: meter))
    }

    private mutating func readKey(_ data: Range<Int>, at offset: Int) {
        let bytes = cursor.bytes[data]
        guard bytes.count >= 2, let sharps = bytes.first, let mode = bytes.dropFirst().first,
            mode <= 1,
            let key = KeySignature(
                sharps: Int(Int8(bitPattern: sharps)), mode: mode == 0 ? .major : .minor)
        else { return log.repair(.invalidKey, at: offset) }
        guard leads else { return log.omit(.keySignatures) }
        keys.append(KeyMap.Change(tick: Ticks(tick), key: key))
    }
}
