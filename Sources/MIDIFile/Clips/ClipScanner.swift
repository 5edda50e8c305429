/// Takes the messages of a clip with their times, up to its end.
struct ClipScanner {
    struct Message {
        let packet: UniversalPacket
        let tick: Int
        /// Where it begins in the file.
        let offset: Int
    }

    /// Where a clip does not tell its ticks.
    private static let standardTicksPerQuarter = 96

    private var cursor: PacketCursor
    /// As the clip has it, 1…65,535.
    private let declaredTicksPerQuarter: Int
    /// Of a score: 1…32,767.
    let ticksPerQuarter: Int
    private let latestTick: Int
    private var clock = 0
    private(set) var tick = 0

    /// Where the next message begins in the file.
    var position: Int { cursor.position }

    init(_ bytes: [UInt8], log: inout ReadingLog) {
        cursor = PacketCursor(bytes, from: ClipReader.header.count)
        let declared = Self.resolution(cursor)
        if declared == nil { log.repair(.missingDivision, at: cursor.position) }
        declaredTicksPerQuarter = declared ?? Self.standardTicksPerQuarter
        ticksPerQuarter = min(declaredTicksPerQuarter, Int(Int16.max))
        latestTick = MIDIFile.latestTick(ticksPerQuarter: ticksPerQuarter).count
    }

    private static func resolution(_ cursor: PacketCursor) -> Int? {
        var cursor = cursor
        while let packet = cursor.next() {
            guard packet.kind == .utility, packet.status & 0xF0 == 0x30 else { continue }
            let ticks = Int(packet.words.0 & 0xFFFF)
            if ticks > 0 { return ticks }
        }
        return nil
    }

    /// The next message that is none about time; nil at the end of the clip.
    mutating func next(log: inout ReadingLog) -> Message? {
        while true {
            let offset = cursor.position
            guard let packet = cursor.next() else {
                log.repair(.cutShort, at: offset)
                return nil
            }
            switch packet.kind {
            case .utility:
                if packet.status & 0xF0 == 0x40 {
                    advance(by: Int(packet.words.0 & 0xF_FFFF), at: offset, &log)
                }
            case .stream:
                guard packet.words.0 >> 16 & 0x3FF == 0x21 else { continue }
                if !cursor.isAtEnd { log.repair(.dataAfterEndOfClip, at: cursor.position) }
                return nil
            default: return Message(packet: packet, tick: tick, offset: offset)
            }
        }
    }

    private mutating func advance(by delta: Int, at offset: Int, _ log: inout ReadingLog) {
        clock += delta
        tick = clock * ticksPerQuarter / declaredTicksPerQuarter
        if tick > latestTick {
            tick = latestTick
            log.repair(.timeBeyondBound, at: offset)
        }
    }
}
