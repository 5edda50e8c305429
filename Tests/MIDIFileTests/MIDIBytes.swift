import Foundation
import MIDIFile
import Score

/// Bytes of MIDI files, event by event.
enum MIDIBytes {
    static let endOfTrack: [UInt8] = [0, 0xFF, 0x2F, 0]

    static func file(
        format: Int = 1, division: Int = 480, trackCount: Int? = nil, _ tracks: [[UInt8]]
    ) -> [UInt8] {
        Array("MThd".utf8) + number(6, 4) + number(format, 2)
            + number(trackCount ?? tracks.count, 2) + number(division, 2)
            + tracks.flatMap { chunk($0) }
    }

    static func chunk(_ events: [UInt8], id: String = "MTrk", length: Int? = nil) -> [UInt8] {
        Array(id.utf8) + number(length ?? events.count, 4) + events
    }

    static func on(
        _ delta: Int, _ pitch: UInt8, velocity: UInt8 = 80, channel: UInt8 = 0
    ) -> [UInt8] {
        variable(delta) + [0x90 | channel, pitch, velocity]
    }

    static func off(_ delta: Int, _ pitch: UInt8, channel: UInt8 = 0) -> [UInt8] {
        variable(delta) + [0x80 | channel, pitch, 64]
    }

    static func meta(_ delta: Int, _ type: UInt8, _ data: [UInt8]) -> [UInt8] {
        variable(delta) + [0xFF, type] + variable(data.count) + data
    }

    static func number(_ value: Int, _ length: Int) -> [UInt8] {
        (0..<length).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func variable(_ value: Int) -> [UInt8] {
        var bytes = [UInt8(value & 0x7F)]
        var rest = value >> 7
        while rest > 0 {
            bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return bytes
    }

    /// Something of everything: two instruments, drums, tempo and meter changes, texts, pedal,
    /// system exclusive, running status, overlapping notes and an unknown chunk.
    static var rich: [UInt8] {
        let conductor: [UInt8] =
            meta(0, 0x01, Array("made by hand".utf8)) + meta(0, 0x03, Array("Title".utf8))
            + meta(0, 0x58, [6, 3, 36, 8]) + meta(0, 0x51, [0x07, 0xA1, 0x20])
            + meta(0, 0x59, [2, 0]) + meta(720, 0x51, [0x0F, 0x42, 0x40])
            + meta(720, 0x58, [3, 2, 24, 8]) + meta(0, 0x06, Array("B".utf8)) + endOfTrack
        let piano: [UInt8] =
            meta(0, 0x03, Array("Piano".utf8)) + [0, 0xC0, 0] + [0, 0xB0, 64, 127]
            + on(0, 60) + [0, 64, 90, 0, 67, 91] + [0x83, 0x60, 60, 0, 0, 64, 0, 0, 67, 0]
            + on(0, 72) + on(100, 72, velocity: 30) + off(50, 72) + off(10, 72)
            + [0, 0xF0, 3, 0x7E, 0x09, 0xF7] + [0, 0xE0, 0, 64] + on(2000, 40) + off(1, 40)
            + endOfTrack
        let band: [UInt8] =
            [0, 0xC2, 40] + on(0, 76, channel: 2) + on(0, 36, channel: 9) + off(60, 36, channel: 9)
            + off(420, 76, channel: 2) + [0, 0xC2, 41] + on(0, 55, channel: 2)
            + off(480, 55, channel: 2) + endOfTrack
        return file(trackCount: 3, [conductor, piano]) + chunk([1, 2, 3], id: "XFIH") + chunk(band)
    }

    static func read(
        _ bytes: [UInt8], _ policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport) {
        try MIDIFile.read(Data(bytes), named: "test.mid", policy: policy)
    }

    /// Notes as `pitch onset-end`.
    static func notes(_ bytes: [UInt8], _ policy: ReadingPolicy = .lenient) throws -> [String] {
        try read(bytes, policy).score.parts.flatMap(\.notes).map {
            "\($0.pitch.number) \($0.onset.count)-\($0.end.count)"
        }
    }
}
