/// Puts the texts of a clip together, which come twelve bytes a packet.
struct ClipTexts {
    private static let metadata: UInt8 = 1
    private static let clipName: UInt8 = 3

    /// The texts at the clip's start, but for its name.
    private(set) var first: [String] = []
    /// Empty where the clip has none.
    private(set) var clipName = ""
    /// How many texts come later, lyrics among them.
    private(set) var laterCount = 0
    /// What has begun and not ended, by group, address and kind of text, as they may be interleaved.
    private var open: [UInt32: [UInt8]] = [:]

    /// Takes in a packet of a bank of texts.
    mutating func add(_ packet: UniversalPacket, at tick: Int) {
        let form = packet.words.0 >> 22 & 0b11
        let key = packet.words.0 & ~(0b11 << 22)
        let words = [packet.words.1, packet.words.2, packet.words.3]
        let bytes = words.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
        }
        switch form {
        case 0b00: finish(bytes, packet, at: tick)
        case 0b01: open[key] = bytes
        case 0b10: open[key]?.append(contentsOf: bytes)
        default:
            if let begun = open.removeValue(forKey: key) {
                finish(begun + bytes, packet, at: tick)
            }
        }
    }

    private mutating func finish(_ bytes: [UInt8], _ packet: UniversalPacket, at tick: Int) {
        let text = TextEncoding.windows1252.text(bytes.filter { $0 != 0 })
        if text.isEmpty { return }
        if packet.byte(2) == Self.metadata, packet.byte(3) == Self.clipName {
            if clipName.isEmpty { clipName = text.trimmedName }
        } else if tick == 0 {
            first.append(text)
        } else {
            laterCount += 1
        }
    }
}
