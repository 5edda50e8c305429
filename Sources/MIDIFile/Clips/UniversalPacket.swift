/// A packet of MIDI 2.0: one to four words of 32 bits.
///
/// Specification: *Universal MIDI Packet (UMP) Format and MIDI 2.0 Protocol*, M2-104-UM 1.1.2.
struct UniversalPacket {
    /// What the packet is, by its first four bits.
    enum Kind: UInt8 {
        case utility, system, channelVoice1, data64, channelVoice2, data128
        case flexData = 0xD
        case stream = 0xF
    }

    /// The message type, 0…15.
    let type: UInt8
    let words: (UInt32, UInt32, UInt32, UInt32)

    /// Nil where the specification has reserved the type.
    var kind: Kind? { Kind(rawValue: type) }

    /// 0…15; means nothing in utility and stream messages.
    var group: UInt8 { UInt8(words.0 >> 24 & 0xF) }

    /// The second byte: status and channel of a channel voice message.
    var status: UInt8 { byte(1) }

    /// One of the packet's first four bytes.
    func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: words.0 >> (24 - 8 * index)) }

    /// How many words packets of each type have, reserved ones included.
    static let wordCounts = [1, 1, 1, 2, 2, 4, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4]
}

/// Takes the packets of a clip file one after the other.
struct PacketCursor {
    private let bytes: ArraySlice<UInt8>
    /// Where the next packet begins.
    private(set) var position: Int

    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes[start...]
        position = start
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    /// Nil at the end, and where the bytes end within a packet.
    mutating func next() -> UniversalPacket? {
        guard bytes.endIndex - position >= 4 else { return nil }
        let type = bytes[position] >> 4
        let count = UniversalPacket.wordCounts[Int(type)]
        guard bytes.endIndex - position >= 4 * count else { return nil }
        func word(_ index: Int) -> UInt32 {
            guard index < count else { return 0 }
            let start = position + 4 * index
            return UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16
                | UInt32(bytes[start + 2]) << 8 | UInt32(bytes[start + 3])
        }
        let packet = UniversalPacket(type: type, words: (word(0), word(1), word(2), word(3)))
        position += 4 * count
        return packet
    }
}
