import Foundation
import MIDIFile
import Score
import Testing

struct TextTests {
    typealias B = MIDIBytes

    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The data of text events, and what they say.
        let texts: [([UInt8], String)]

        init(_ name: String, _ texts: ([UInt8], String)...) {
            testDescription = name
            self.texts = texts
        }
    }

    static let samples = [
        Sample("ASCII", (Array("la".utf8), "la")),
        Sample("UTF-8", (Array("Größe, 音楽".utf8), "Größe, 音楽")),
        Sample("UTF-8 with its mark", ([0xEF, 0xBB, 0xBF, 0xC3, 0xA9], "é")),
        Sample(
            "UTF-16", ([0xFE, 0xFF, 0x97, 0xF3], "音"), ([0xFF, 0xFE, 0xF3, 0x97, 0x41, 0], "音A"),
            ([0xFF, 0xFE, 0x41], "")),
        Sample(
            "Windows-1252", ([0x47, 0x72, 0xF6, 0xDF, 0x65], "Größe"),
            (
                Array("R".utf8) + [0xE9] + Array("p".utf8) + [0xE9] + Array("tition".utf8),
                "Répétition"
            ),
            ([0x93, 0x48, 0x69, 0x94, 0x20, 0x92, 0x73], "“Hi” ’s"), ([0x81, 0x80], "\u{81}€")),
        Sample("an apostrophe of Windows", ([0x44, 0x6F, 0x6E, 0x92, 0x74], "Don’t")),
        Sample(
            "Shift-JIS", ([0x82, 0xB3, 0x82, 0xAD, 0x82, 0xE7], "さくら"), ([0x82, 0xE2], "や"),
            ([0x8C, 0xF0, 0x8B, 0xBF, 0x8B, 0xC8], "交響曲"), ([0xB6, 0xC5], "ｶﾅ"),
            (Array("la".utf8), "la")),
        Sample("katakana by tag", (Array("{@JP}".utf8) + [0xB6, 0xC5], "{@JP}ｶﾅ")),
        Sample(
            "a Latin tag", (Array("{@LATIN}".utf8), "{@LATIN}"),
            ([0x82, 0xB3, 0x82, 0xAD], "‚³‚\u{AD}")),
        Sample("a Japanese karaoke file", (Array("@LJAPAN".utf8), "@LJAPAN"), ([0xB6], "ｶ")),
        Sample(
            "a Russian karaoke file", (Array("@LRUSS".utf8), "@LRUSS"),
            ([0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "Привет")),
        Sample(
            "a tag that is not kept to", (Array("{@JP}".utf8) + [0x82, 0xFF], "{@JP}‚ÿ"),
            ([0xB6], "ｶ")),
    ]

    @Test(arguments: samples)
    func lyricsAreDecoded(_ sample: Sample) throws {
        let track = sample.texts.flatMap { B.meta(1, 0x05, $0.0) } + B.endOfTrack
        let (file, _) = try MIDIFile.readEvents(Data(B.file([track])), named: "test.mid")
        #expect(file.lyrics().map(\.text) == sample.texts.map(\.1))
        #expect(file.lyrics().map(\.tick.count) == Array(1...sample.texts.count))
    }

    @Test(arguments: samples)
    func textsAndNamesOfAScoreAreDecodedAlike(_ sample: Sample) throws {
        let note = B.on(0, 60) + B.off(9, 60)
        let tracks = sample.texts.map { bytes, _ in
            B.meta(0, 0x01, bytes) + B.meta(0, 0x03, bytes) + note + B.endOfTrack
        }
        let score = try B.read(B.file(tracks), .strict).score
        // An empty text is none.
        #expect(score.texts == sample.texts.map(\.1).filter { !$0.isEmpty })
        #expect(score.parts.map(\.name) == sample.texts.map(\.1))
    }

    @Test func lyricsAreLyricEventsAndLaterTexts() throws {
        let track =
            B.meta(0, 0x01, Array("@KMIDI KARAOKE FILE".utf8)) + B.meta(0, 0x05, Array("o".utf8))
            + B.meta(7, 0x01, Array("/la".utf8)) + B.meta(0, 0x06, Array("B".utf8)) + B.endOfTrack
        let bytes = Data(B.file([B.endOfTrack, track]))
        let lyrics = try MIDIFile.readEvents(bytes, named: "test.mid").file.lyrics()
        #expect(lyrics.map(\.text) == ["o", "/la"])
        #expect(lyrics.map(\.isLyric) == [true, false])
        #expect(lyrics.map(\.track) == [2, 2])
    }

    @Test func anyBytesAreSomeText() {
        var random = Splitmix(state: 5)
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            for encoding in [TextEncoding.windows1252, .windows1251, .shiftJIS] {
                // A byte order mark alone, and half a character after it, are no text.
                #expect(!encoding.text(bytes).isEmpty || bytes.count <= 3)
            }
        }
    }

    @Test(
        arguments: [
            [0xFF, 0xFE], [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 65], [32, 0xEF, 0xBB, 0xBF, 65, 10],
            [0xFE, 0xFF, 0xFE, 0xFF, 0, 65],
        ] as [[UInt8]])
    func strangeTextsAndNamesSurviveBeingWritten(bytes: [UInt8]) throws {
        let track =
            B.meta(0, 0x01, bytes) + B.meta(0, 0x03, bytes) + B.on(0, 60) + B.off(9, 60)
            + B.endOfTrack
        let score = try B.read(B.file([track]), .strict).score
        let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
        #expect(again.score == score)
    }

    @Test(arguments: ["音楽 – Größe.mid", "مقطوعة.mid", "🎹.mid"])
    func pathsMayHaveAnyCharacters(name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "clara-paths-\(ProcessInfo.processInfo.processIdentifier)-\(name.utf8.count)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent(name).path
        let (file, _) = try MIDIFile.readEvents(Data(B.rich), named: "rich")
        try MIDIFile.write(file, to: path)
        #expect(try MIDIFile.readEvents(contentsOf: path).file == file)
        #expect(try MIDIFile.read(contentsOf: path).score == B.read(B.rich).score)
    }
}
