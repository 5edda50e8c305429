import Foundation
import MIDIFile
import Score
import Testing

struct ClipTests {
    /// A clip of words, each message after its delta time.
    static func clip(
        ticksPerQuarter: UInt32? = 96, _ messages: [(delta: UInt32, words: [UInt32])]
    ) -> [UInt8] {
        let resolution = ticksPerQuarter.map { [(UInt32(0), [0x0030_0000 | $0])] } ?? []
        let all =
            resolution + [(0, [0xF020_0000, 0, 0, 0])] + messages
            + [(0, [0xF021_0000, 0, 0, 0])]
        let words = all.flatMap { [0x0040_0000 | $0.0] + $0.1 }
        return Array("SMF2CLIP".utf8) + words.flatMap { MIDIBytes.number(Int($0), 4) }
    }

    static let rich = clip([
        (0, [0xD010_0000, 50_000_000, 0, 0]), (0, [0xD010_0001, 0x0603_0800, 0, 0]),
        (0, [0x40C1_0000, 40 << 24]), (0, [0x4190_3C00, 0xFFFF_0000]),
        (0, [0x2190_4040]), (0, [0x41B1_4000, 0xFFFF_FFFF]),
        (96, [0x4180_3C00, 0]), (0, [0x2190_4000]), (0, [0x4091_4300, 0x8000_0000]),
        (48, [0x4081_4300, 0]), (0, [0x3004_7E7F, 0x0900_0000]),
        (0, [0xD010_0000, 100_000_000, 0, 0]),
    ])

    @Test func notesTempoAndMeterAreRead() throws {
        let (score, report) = try MIDIBytes.read(Self.rich, .strict)
        #expect(score.ticksPerQuarter == 96)
        #expect(score.parts.map(\.program) == [40, 0])
        let notes = score.parts.flatMap(\.notes).map {
            "\($0.pitch.number) \($0.onset.count)-\($0.end.count) \($0.velocity.value)"
        }
        #expect(notes == ["67 96-144 64", "60 0-96 127", "64 0-96 64"])
        #expect(score.tempoMap.changes.map(\.microsecondsPerQuarter) == [500_000, 1_000_000])
        #expect(score.meterMap.changes.map(\.meter) == [try #require(Meter(6, 8))])
        #expect(report.omissions.map(\.kind) == [.sustainPedal, .systemExclusives])
    }

    @Test(arguments: [(0, 1), (0x01FF, 1), (0x0200, 1), (0x0400, 2), (0x8000, 64), (0xFFFF, 127)])
    func velocitiesKeepTheirUpperSevenBits(wide: UInt32, narrow: Int) throws {
        let bytes = Self.clip([(0, [0x4090_3C00, wide << 16]), (9, [0x4080_3C00, 0])])
        let notes = try MIDIBytes.read(bytes, .strict).score.parts.flatMap(\.notes)
        #expect(notes.map(\.velocity.value) == [narrow])
    }

    @Test func pedalsOfBothProtocolsArePresses() throws {
        let bytes = Self.clip([
            (0, [0x4090_3C00, 0x8000_0000]), (1, [0x40B0_4000, 0x8000_0000]),
            (1, [0x40B0_4000, 0x7FFF_FFFF]), (1, [0x20B0_407F]), (1, [0x20B0_4000]),
            (1, [0x4080_3C00, 0]),
        ])
        let pedals = try MIDIBytes.read(bytes, .strict).score.parts.flatMap(\.pedals)
        #expect(pedals.map { [$0.down.count, $0.up.count] } == [[1, 2], [3, 4]])
    }

    @Test func keysAreToldByTheirSharpsAndTonic() throws {
        let letters = Array("ABCDEFG")
        for sharps in -7...7 {
            for mode in KeySignature.Mode.allCases {
                let key = try #require(KeySignature(sharps: sharps, mode: mode))
                let letter = try #require(letters.firstIndex { key.name.hasPrefix(String($0)) }) + 1
                let word = UInt32(bitPattern: Int32(sharps << 28)) | UInt32(letter) << 24
                let bytes = Self.clip([(0, [0xD010_0005, word, 0, 0])])
                #expect(try MIDIBytes.read(bytes, .strict).score.keyMap.changes.map(\.key) == [key])
            }
        }
        let impossible = Self.clip([(0, [0xD010_0005, 0x0200_0000, 0, 0])])
        #expect(try MIDIBytes.read(impossible).report.repairs.map(\.kind) == [.invalidKey])
    }

    @Test func textsComeTogetherThoughInterleaved() throws {
        func words(_ head: UInt32, _ text: String) -> (UInt32, [UInt32]) {
            let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 12 - text.utf8.count)
            return (
                0,
                [head]
                    + stride(from: 0, to: 12, by: 4).map { start in
                        bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
                    }
            )
        }
        let note: [(UInt32, [UInt32])] = [(0, [0x2090_3C40]), (9, [0x2080_3C40])]
        let bytes = Self.clip(
            [
                words(0xD050_0104, "© Größe"), words(0xD010_0103, " Name\n"),
                words(0xD0D0_0104, " 2020"), words(0xD010_0105, ""),
            ] + note + [words(0xD010_0201, "la")])
        let (score, report) = try MIDIBytes.read(bytes, .strict)
        #expect(score.texts == ["© Größe 2020"])
        #expect(score.parts.map(\.name) == ["Name"])
        #expect(report.omissions == [.init(kind: .texts, count: 1)])
    }

    @Test func finerTicksThanAScoreHasAreRounded() throws {
        let bytes = Self.clip(
            ticksPerQuarter: 65_534, [(0, [0x2090_3C40]), (65_534, [0x2080_3C40])])
        let score = try MIDIBytes.read(bytes, .strict).score
        #expect(score.ticksPerQuarter == 32_767)
        #expect(score.end == Ticks(32_767))
    }

    @Test func clipsCutAtAnyByteGiveWhatCameBefore() throws {
        let whole = try MIDIBytes.read(Self.rich).score.noteCount
        for length in 8..<Self.rich.count {
            let (score, report) = try MIDIBytes.read(Array(Self.rich.prefix(length)))
            #expect(score.noteCount <= whole)
            #expect(report.isCutShort)
        }
    }

    @Test func oddClipsAreReported() throws {
        let silent = Self.clip(ticksPerQuarter: nil, [])
        #expect(try MIDIBytes.read(silent).report.repairs.map(\.kind) == [.missingDivision])
        let more = Self.clip([]) + [0, 0, 0, 0]
        #expect(try MIDIBytes.read(more).report.repairs.map(\.kind) == [.dataAfterEndOfClip])
        let stray = Self.clip([(0, [0x4380_3C00, 0]), (0, [0x2090_8080])])
        let repairs = try MIDIBytes.read(stray).report.repairs
        #expect(repairs.map(\.kind) == [.dataByteOver127, .strayRelease])
        #expect(repairs.map(\.track) == [1, 4])
    }

    @Test func randomWordsNeverCrash() throws {
        var random = Splitmix(state: 3)
        for _ in 0..<2000 {
            let words = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                // Types with many meanings, in few groups.
                UInt32.random(in: 0...UInt32.max, using: &random)
                    & ([0x20FF_FFFF, 0x41FF_FFFF, 0xD0FF_FFFF, 0x004F_FFFF, 0xFFFF_FFFF]
                        .randomElement(using: &random) ?? 0)
            }
            let bytes = Self.clip(words.map { (0, [$0]) })
            let (score, _) = try MIDIBytes.read(bytes)
            let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
            #expect(again.score == score)
        }
    }
}
