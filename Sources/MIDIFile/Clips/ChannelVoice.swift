/// What a channel voice message says, of MIDI 1.0 or of MIDI 2.0, in 7 bits.
struct ChannelVoice {
    enum Kind: Equatable {
        case strike(pitch: UInt8, velocity: UInt8)
        case release(pitch: UInt8)
        case controller(UInt8, UInt8)
        case program(UInt8)
        case other(ReadingReport.Omission.Kind)
        /// A number is out of its range.
        case invalid
    }

    let channel: Int
    let kind: Kind

    /// Nil for packets of other types.
    init?(_ packet: UniversalPacket) {
        channel = Int(packet.status & 0x0F)
        switch packet.kind {
        case .channelVoice1: kind = Self.kind1(packet)
        case .channelVoice2: kind = Self.kind2(packet)
        default: return nil
        }
    }

    private static func kind1(_ packet: UniversalPacket) -> Kind {
        let (first, second) = (packet.byte(2), packet.byte(3))
        guard (first | second) < 0x80 else { return .invalid }
        switch packet.status >> 4 {
        case 0x8: return .release(pitch: first)
        case 0x9:
            return second > 0 ? .strike(pitch: first, velocity: second) : .release(pitch: first)
        case 0xB: return .controller(first, second)
        case 0xC: return .program(first)
        case 0xE: return .other(.pitchBends)
        default: return .other(.aftertouch)
        }
    }

    /// Scaling down takes the upper bits; a strike stays one (UMP and MIDI 2.0 Protocol, appendix D).
    private static func kind2(_ packet: UniversalPacket) -> Kind {
        let index = packet.byte(2)
        let value = UInt8(packet.words.1 >> 25)
        switch packet.status >> 4 {
        case 0x8: return index < 0x80 ? .release(pitch: index) : .invalid
        case 0x9: return index < 0x80 ? .strike(pitch: index, velocity: max(value, 1)) : .invalid
        case 0xB: return index < 0x80 ? .controller(index, value) : .invalid
        case 0xC:
            let program = UInt8(packet.words.1 >> 24)
            return program < 0x80 ? .program(program) : .invalid
        case 0x6, 0xE: return .other(.pitchBends)
        case 0xA, 0xD: return .other(.aftertouch)
        default: return .other(.controllers)
        }
    }
}
