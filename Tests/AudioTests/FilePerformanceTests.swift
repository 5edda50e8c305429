import Audio
import Foundation
import MIDIFile
import Testing

/// What a file's events make the synthesizer play.
struct FilePerformanceTests {
    /// A file of 96 ticks a quarter.
    private static func file(_ tracks: [UInt8]...) -> Data {
        func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
            Array(name.utf8) + [0, 0, 0, UInt8(bytes.count)] + bytes
        }
        let header = chunk("MThd", [0, 1, 0, UInt8(tracks.count), 0, 96])
        return Data(header + tracks.flatMap { chunk("MTrk", $0 + [0, 0xFF, 0x2F, 0]) })
    }

    @Test func everyChannelEventIsPlayedAtItsTime() throws {
        let slower: [UInt8] = [96, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40]
        let played: [UInt8] =
            [0, 0xC1, 19, 0, 0xB1, 7, 90, 0, 0x91, 60, 100]
            + [96, 0xE1, 0, 0x60, 0, 0xA1, 60, 5, 0, 0xD1, 6, 0, 0xF0, 3, 1, 2, 0xF7]
            + [96, 0x91, 60, 0, 0, 0x81, 60, 64]
        let events = try MIDIFile.readEvents(Self.file(slower, played), named: "x").file
        #expect(
            Performance(of: events, named: "x").events == [
                .init(seconds: 0, message: .program(channel: 1, number: 19)),
                .init(seconds: 0, message: .controller(channel: 1, number: 7, value: 90)),
                .init(seconds: 0, message: .strike(channel: 1, key: 60, velocity: 100)),
                .init(seconds: 0.5, message: .bend(channel: 1, value: 0x3000)),
                .init(seconds: 0.5, message: .keyPressure(channel: 1, key: 60, value: 5)),
                .init(seconds: 0.5, message: .pressure(channel: 1, value: 6)),
                .init(seconds: 1.5, message: .release(channel: 1, key: 60)),
                .init(seconds: 1.5, message: .release(channel: 1, key: 60)),
            ])
    }

    @Test(.enabled(if: Sounding.isPossible, Sounding.need))
    func aBendIsHeard() throws {
        let folder = try ScratchFolder()
        let path = folder.file("bend.mid")
        // An organ's A4, bent up by FluidSynth's two semitones: B4.
        let track: [UInt8] =
            [0, 0xC0, 19, 0, 0xE0, 0x7F, 0x7F, 0, 0x90, 69, 100, 0x83, 0x00, 0x80, 69, 64]
        try Self.file(track).write(to: URL(fileURLWithPath: path))
        _ = try Sounding.renderer().render(
            Performance.read(contentsOf: path).performance, to: folder.file("bend.wav"),
            format: SoundFormat(.wav))
        let sound = try SoundFile(folder.file("bend.wav"))
        let powers = [440, 493.88].map { sound.power(ofHertz: $0, seconds: 0.3..<1.3) }
        #expect(powers[1] > 100 * powers[0])
    }
}
