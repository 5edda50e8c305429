import Score

extension ClipReader {
    /// Tempo, meter and key have a bank of their own; the other banks are texts.
    mutating func readFlexData(_ message: ClipScanner.Message) {
        let packet = message.packet
        guard packet.byte(2) == 0 else { return texts.add(packet, at: message.tick) }
        switch packet.byte(3) {
        case 0x00: readTempo(packet.words.1, message)
        case 0x01: readMeter(packet.words.1, message)
        case 0x05: readKey(packet.words.1, message)
        default: log.omit(.otherMetaEvents)
        }
    }

    /// - Parameter length: of a quarter note, in units of ten nanoseconds.
    private mutating func readTempo(_ length: UInt32, _ message: ClipScanner.Message) {
        let microseconds = (Int(length) + 50) / 100
        guard (1...0xFF_FFFF).contains(microseconds) else {
            return log.repair(.invalidTempo, at: message.offset)
        }
        tempos.append(.init(tick: Ticks(message.tick), microsecondsPerQuarter: microseconds))
    }

    /// - Parameter word: numerator, then the power of the denominator.
    private mutating func readMeter(_ word: UInt32, _ message: ClipScanner.Message) {
        let power = Int(word >> 16 & 0xFF)
        guard power <= 6, let meter = Meter(Int(word >> 24), 1 << power) else {
            return log.repair(.invalidMeter, at: message.offset)
        }
        meters.append(.init(tick: Ticks(message.tick), meter: meter))
    }

    /// - Parameter word: the sharps as a signed number of four bits (flats are negative), then the
    ///   tonic's letter from 1 for A to 7 for G, which tells minor from major.
    private mutating func readKey(_ word: UInt32, _ message: ClipScanner.Message) {
        let sharps = Int(Int32(bitPattern: word) >> 28)
        let letter = Int(word >> 24 & 0x0F)
        // Letters follow each other on the line of fifths four steps on; C major has no sharps.
        let major = ((2 + 4 * sharps) % 7 + 7) % 7 + 1
        let minor = (major + 4) % 7 + 1
        guard letter == major || letter == minor,
            let key = KeySignature(sharps: sharps, mode: letter == major ? .major : .minor)
        else { return log.repair(.invalidKey, at: message.offset) }
        keys.append(.init(tick: Ticks(message.tick), key: key))
    }
}
