import Foundation

/// A Standard MIDI File walked through event by event, strictly, apart from Clara's own reader: what
/// is not as the specification has it makes the walk fail, as a strict player might.
struct MIDIOutline {
    let format: Int
    let ticksPerQuarter: Int
    let tracks: Int
    /// The last end of a track.
    private(set) var end = 0
    /// Text events (FF 01).
    private(set) var texts: [String] = []

    struct Unplayable: Error {
        let offset: Int
        let reason: String
    }

    private let bytes: [UInt8]
    private var offset = 0

    init(_ file: Data) throws {
        let bytes = [UInt8](file)
        guard bytes.count > 14, bytes.starts(with: Array("MThd".utf8)) else {
            throw Unplayable(offset: 0, reason: "no header")
        }
        func number(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
        (format, tracks, ticksPerQuarter) = (number(8), number(10), number(12))
        self.bytes = bytes
        offset = 14
        for _ in 0..<tracks { try readTrack() }
        guard offset == bytes.count else { throw unplayable("bytes after the last track") }
    }

    private func unplayable(_ reason: String) -> Unplayable {
        Unplayable(offset: offset, reason: reason)
    }

    private mutating func byte() throws -> UInt8 {
        guard offset < bytes.count else { throw unplayable("cut short") }
        defer { offset += 1 }
        return bytes[offset]
    }

    private mutating func variableLength() throws -> Int {
        var value = 0
        for _ in 0..<4 {
            let next = try byte()
            value = value << 7 | Int(next & 0x7F)
            if next & 0x80 == 0 { return value }
        }
        throw unplayable("a number of more than four bytes")
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard offset + count <= bytes.count else { throw unplayable("cut short") }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    private mutating func readTrack() throws {
        guard try take(4) == Array("MTrk".utf8) else { throw unplayable("no track") }
        let length = try take(4).reduce(0) { $0 << 8 | Int($1) }
        let last = offset + length
        var tick = 0
        var status: UInt8 = 0
        var sounding: Set<[UInt8]> = []
        while true {
            tick += try variableLength()
            if offset < bytes.count, bytes[offset] & 0x80 != 0 { status = try byte() }
            switch status >> 4 {
            case 0x8, 0x9:
                let data = try data(2)
                let key = [status & 0x0F, data[0]]
                let isRelease = status >> 4 == 0x8 || data[1] == 0
                if isRelease, sounding.remove(key) == nil { throw unplayable("a stray release") }
                if !isRelease { sounding.insert(key) }
            case 0xA, 0xB, 0xE: _ = try data(2)
            case 0xC, 0xD: _ = try data(1)
            default:
                guard status == 0xFF else { throw unplayable("status \(status)") }
                let type = try byte()
                let text = try take(try variableLength())
                if type == 0x01 { texts.append(String(decoding: text, as: UTF8.self)) }
                guard type == 0x2F else { continue }
                guard offset == last else { throw unplayable("a track of another length") }
                guard sounding.isEmpty else { throw unplayable("a note without an end") }
                end = max(end, tick)
                return
            }
        }
    }

    private mutating func data(_ count: Int) throws -> [UInt8] {
        let data = try take(count)
        guard data.allSatisfy({ $0 < 0x80 }) else { throw unplayable("a data byte over 127") }
        return data
    }
}
