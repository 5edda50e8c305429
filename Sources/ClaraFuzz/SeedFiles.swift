import Files
import Foundation
import MIDIFile

/// Files to begin from.
enum SeedFiles {
    /// What a collection may hold to be mutated: small files are mutated more per second.
    private static let longest = 1 << 12

    /// The files below `folder` whose names end as MIDI files' do, the small ones.
    static func files(in folder: String) throws -> [[UInt8]] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
            .filter(MIDIFile.isName).compactMap { name in
                let bytes = try WholeFile.bytes(of: "\(folder)/\(name)", limit: 1 << 26)
                return bytes.count <= longest ? bytes : nil
            }
    }

    /// Something of everything that a file may hold, in each format, by metric and by SMPTE time.
    static var ownFiles: [[UInt8]] {
        let tracks = [conductor, piano, band]
        let whole = file(format: 1, division: 480, tracks)
        return [
            whole, file(format: 0, division: 96, [conductor.dropLast(4) + piano]),
            file(format: 2, division: 0xE728, tracks), riff(whole), clip,
        ]
    }

    private static let endOfTrack: [UInt8] = [0, 0xFF, 0x2F, 0]

    /// Texts in two encodings, tempo, meter, key, SMPTE offset, a sequencer's own event.
    private static let conductor: [UInt8] =
        meta(0x01, Array("by hand".utf8)) + meta(0x03, [0x83, 0x8F, 0x81, 0x5B])
        + meta(0x58, [6, 3, 36, 8]) + meta(0x51, [0x07, 0xA1, 0x20]) + meta(0x59, [2, 0])
        + meta(0x54, [0x60, 0, 3, 0, 0]) + meta(0x7F, [0x41, 1, 2]) + [0x85, 0x50, 0xFF, 0x51, 3]
        + [0x0F, 0x42, 0x40, 0, 0xFF, 0x05, 3] + Array("la-".utf8) + endOfTrack
    /// Running status, releases by velocity 0, pedal, bend, pressures, exclusives in two packets.
    private static let piano: [UInt8] =
        meta(0x03, Array("Piano".utf8)) + [0, 0xC0, 0, 0, 0xB0, 64, 127, 0, 0x90, 60, 80]
        + [0, 64, 90, 0x83, 0x60, 60, 0, 0, 64, 0, 0, 0xE0, 0, 64, 0, 0xD0, 9, 0, 0xA0, 60, 1]
        + [0, 0xF0, 3, 0x7E, 9, 1, 10, 0xF7, 2, 3, 0xF7, 0, 0xF7, 1, 0xF8, 0, 0x90, 72, 99]
        + [9, 0x90, 72, 1, 30, 0x80, 72, 64, 0, 0xB0, 64, 0, 0, 0xB0, 123, 0] + endOfTrack
    /// Another instrument, drums, a change of program, a port.
    private static let band: [UInt8] =
        meta(0x21, [1]) + [0, 0xC2, 40, 0, 0x92, 76, 70, 0, 0x99, 36, 70, 60, 0x89, 36, 64]
        + [0, 0x82, 76, 64, 0, 0xC2, 41, 0, 0x92, 55, 1, 0x87, 0x40, 0x82, 55, 0] + endOfTrack
    /// A MIDI 2.0 clip: 480 ticks a quarter, tempo, a note by each protocol.
    private static let clip: [UInt8] =
        Array("SMF2CLIP".utf8) + words(0x0040_0000, 0x0030_01E0, 0x0040_0000)
        + words(0xF020_0000, 0, 0, 0, 0x0040_0000) + words(0xD010_0000, 0x02FA_F080, 0, 0)
        + words(0x0040_0000, 0x2090_3C50, 0x0040_00F0, 0x2080_3C40)
        + words(0x0040_0000, 0x4090_4000, 0x8000_0000, 0x0040_01E0, 0x4080_4000, 0x8000_0000)
        + words(0x0040_0000, 0xF021_0000, 0, 0, 0)

    private static func meta(_ kind: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0, 0xFF, kind, UInt8(data.count)] + data
    }

    private static func file(format: Int, division: Int, _ tracks: [[UInt8]]) -> [UInt8] {
        Array("MThd".utf8) + number(6, 4) + number(format, 2) + number(tracks.count, 2)
            + number(division, 2)
            + tracks.flatMap { Array("MTrk".utf8) + number($0.count, 4) + $0 }
    }

    private static func riff(_ file: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + number(file.count + 12, 4).reversed() + Array("RMIDdata".utf8)
            + number(file.count, 4).reversed() + file
    }

    private static func words(_ words: UInt32...) -> [UInt8] {
        words.flatMap { number(Int($0), 4) }
    }

    private static func number(_ value: Int, _ length: Int) -> [UInt8] {
        (0..<length).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
