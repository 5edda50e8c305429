import Foundation
import MIDIFile
import Score
import Testing

struct DamageTests {
    typealias B = MIDIBytes
    typealias Kind = ReadingReport.Repair.Kind

    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let notes: [String]
        let repairs: [Kind]

        init(_ name: String, _ bytes: [UInt8], notes: [String] = ["60 0-9"], _ repairs: Kind...) {
            testDescription = name
            self.bytes = bytes
            self.notes = notes
            self.repairs = repairs
        }
    }

    static let note = B.on(0, 60) + B.off(9, 60)
    static let track = note + B.endOfTrack
    static func oneTrack(_ events: [UInt8]) -> [UInt8] { B.file([events]) }
    static func header(length: Int, format: Int = 1) -> [UInt8] {
        Array("MThd".utf8) + B.number(length, 4) + B.number(format, 2) + [0, 1, 1, 0xE0]
    }

    static let damages: [Damage] = [
        Damage("junk before the header", [0, 1, 2] + oneTrack(track), .junkBeforeHeader),
        Damage("junk after the tracks", oneTrack(track) + [0, 0, 0, 0, 0], .junkAfterTracks),
        Damage(
            "junk between", B.file(trackCount: 2, [track]) + [1, 2, 3] + B.chunk(track),
            notes: ["60 0-9", "60 0-9"], .junkBetweenChunks),
        Damage("two files in one", oneTrack(track) + oneTrack(track), .secondFile),
        Damage("header length 0", header(length: 0) + B.chunk(track), .headerLength(0)),
        Damage(
            "header length huge", header(length: -1) + B.chunk(track), .headerLength(0xFFFF_FFFF)),
        Damage("format 9", header(length: 6, format: 9) + B.chunk(track), .unknownFormat(9)),
        Damage(
            "format 0 of two", B.file(format: 0, [track, track]), notes: ["60 0-9", "60 0-9"],
            .severalTracksInFormat0),
        Damage(
            "track count", B.file(trackCount: 5, [track]), .trackCount(declared: 5, found: 1)),
        Damage("frame rate 17", B.file(division: 0xEF28, [track]), .frameRate(17)),
        Damage(
            "chunk too long", header(length: 6) + B.chunk(track, length: 999), .chunkTooLong),
        Damage(
            "chunk too long before another",
            B.file(trackCount: 2, []) + B.chunk(track, length: track.count + 9) + B.chunk(track),
            notes: ["60 0-9", "60 0-9"], .chunkTooLong),
        Damage("chunk too short", header(length: 6) + B.chunk(track, length: 5), .chunkTooShort),
        Damage(
            "cut short", Array(oneTrack(track).dropLast(5)), .cutShort, .unreleasedNote),
        Damage(
            "cut at a strike", Array(oneTrack(track).dropLast(8)), notes: [], .cutShort,
            .unreleasedNote),
        Damage("event past the track", oneTrack(note + [0, 0xFF, 1, 90, 1]), .eventCutShort),
        Damage("no End of Track", oneTrack(note), .missingEndOfTrack),
        Damage("more after the end", oneTrack(track + B.on(0, 1)), .dataAfterEndOfTrack),
        Damage(
            "a five-byte number", oneTrack([0x80, 0x80, 0x80, 0x80, 0] + track.dropFirst()),
            .longVariableLength),
        Damage("data first", oneTrack([0, 1, 2, 3] + track.dropFirst()), .dataWithoutStatus),
        Damage("value over 127", oneTrack([0, 0x90, 200, 1] + track), .dataByteOver127),
        Damage("tune request", oneTrack([0, 0xF6] + track), .systemMessage),
        Damage("song position", oneTrack([0, 0xF2, 1, 2] + track), .systemMessage),
        Damage("stray release", oneTrack(B.off(0, 62) + track), .strayRelease),
        Damage(
            "never released", oneTrack(B.on(0, 60) + [9, 0xFF, 0x2F, 0]), .unreleasedNote),
        Damage("tempo 0", oneTrack(B.meta(0, 0x51, [0, 0, 0]) + track), .invalidTempo),
        Damage("tempo too small", oneTrack(B.meta(0, 0x51, [1, 0]) + track), .invalidTempo),
        Damage("meter 0/4", oneTrack(B.meta(0, 0x58, [0, 2, 24, 8]) + track), .invalidMeter),
        Damage("meter 4/2²⁵⁵", oneTrack(B.meta(0, 0x58, [4, 255, 1, 8]) + track), .invalidMeter),
        Damage("meter of a byte", oneTrack(B.meta(0, 0x58, [4]) + track), .invalidMeter),
        Damage(
            "exclusive without end", oneTrack([0, 0xF0, 100, 1, 0xF7] + track), .eventCutShort),
    ]

    @Test(arguments: damages)
    func isRepairedAndReported(_ damage: Damage) throws {
        #expect(try B.notes(damage.bytes) == damage.notes)
        let report = try B.read(damage.bytes).report
        #expect(report.repairs.map(\.kind) == damage.repairs)
        #expect(report.repairs.allSatisfy { $0.byteOffset <= damage.bytes.count })
        #expect(report.isCutShort == damage.repairs.contains(.cutShort))
    }

    @Test(arguments: damages)
    func isAnErrorUnderTheStrictPolicy(_ damage: Damage) throws {
        let first = try #require(try B.read(damage.bytes).report.repairs.first)
        #expect(throws: MIDIFileError(file: "test.mid", reason: .damaged(first))) {
            try B.read(damage.bytes, .strict)
        }
    }

    @Test func theCompletePolicyRefusesCutFilesOnly() throws {
        let cut = Array(Self.oneTrack(Self.track).dropLast(5))
        #expect(throws: MIDIFileError.self) { try B.read(cut, .complete) }
        #expect(try B.notes([0] + Self.oneTrack(Self.track), .complete) == ["60 0-9"])
    }

    @Test func repairsOfAKindAreCountedByTrack() throws {
        let stray = B.off(0, 62) + B.off(0, 62)
        let report = try B.read(B.file([stray + Self.track, stray + Self.track])).report
        #expect(report.repairs.map(\.count) == [2, 2])
        #expect(report.repairs.map(\.track) == [1, 2])
        #expect(report.repairs.first?.byteOffset == 22)
    }

    @Test func truncationAtEveryByteGivesAnErrorOrAPart() throws {
        let whole = try B.notes(B.rich)
        for length in 0..<B.rich.count {
            let bytes = Array(B.rich.prefix(length))
            guard let (score, report) = try? B.read(bytes) else {
                #expect(length < 14)
                continue
            }
            #expect(score.noteCount <= whole.count)
            #expect(!report.repairs.isEmpty)
            let again = try MIDIFile.read(MIDIFile.write(score), named: "again").score
            #expect(again == score)
        }
    }

    @Test func randomMutationsNeverCrashAndWhatIsReadCanBeWritten() throws {
        var random = Splitmix(state: 20_240_601)
        for _ in 0..<4000 {
            let bytes = Mutation.mutated(B.rich, using: &random)
            guard let (score, _) = try? B.read(bytes) else { continue }
            let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
            #expect(again.score == score)
        }
    }

    @Test func searchesForLostTracksAreGivenUpBeforeTheyGrowQuadratic() throws {
        // Each of 200 tracks claims to end far behind them all, where nothing bears it out.
        let tracks = 200
        var bytes = B.file(trackCount: tracks, [])
        for index in 0..<tracks {
            bytes += B.chunk([0, 0xFF, 0x2F, 0], length: (tracks - index) * 12 + 3000)
        }
        bytes += [UInt8](repeating: 1, count: 6000)
        let repairs = try B.read(bytes).report.repairs
        #expect(repairs.contains { $0.track == 5 })
        #expect(!repairs.contains { $0.track == 20 })
    }

    @Test func randomBytesAfterAHeaderNeverCrash() {
        var random = Splitmix(state: 7)
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<300, using: &random)
            let junk = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let division = Int.random(in: 1..<0x10000, using: &random)
            _ = try? B.read(B.file(division: division, [junk]))
            _ = try? B.read(junk)
            _ = try? B.read(B.file(division: division, []) + junk)
        }
    }
}
