import Foundation
import MIDIFile
import Score
import Testing

struct ReadingTests {
    typealias B = MIDIBytes

    @Test func theRichFileIsReadWhole() throws {
        let (score, report) = try B.read(B.rich)
        #expect(score.texts == ["made by hand"])
        #expect(score.parts.map(\.name) == ["Piano", "", "", ""])
        #expect(score.parts.map(\.program) == [0, 40, 0, 41])
        #expect(score.parts.map(\.isDrums) == [false, false, true, false])
        #expect(score.parts.map(\.notes.count) == [6, 1, 1, 1])
        #expect(score.tempoMap.changes.map(\.microsecondsPerQuarter) == [500_000, 1_000_000])
        #expect(score.meterMap.changes.map(\.tick.count) == [0, 1440])
        #expect(score.meterMap.changes.map(\.meter.numerator) == [6, 3])
        #expect(score.seconds(at: Ticks(1440)) == 2.25)
        #expect(score.keyMap.changes.map(\.key.name) == ["D major"])
        #expect(score.parts.map(\.pedals.count) == [1, 0, 0, 0])
        #expect(report.repairs.isEmpty)
        let kinds: [ReadingReport.Omission.Kind] = [
            .pitchBends, .systemExclusives, .texts, .unknownChunks, .namesOfSilentTracks,
            .overlappingNotes,
        ]
        #expect(report.omissions.map(\.kind) == kinds)
        #expect(report.omissions.allSatisfy { $0.count == 1 })
    }

    @Test func runningStatusAndVelocityZeroEndNotes() throws {
        let track = B.on(0, 60) + [96, 60, 0, 0, 62, 70, 96, 62, 0] + B.endOfTrack
        #expect(try B.notes(B.file([track]), .strict) == ["60 0-96", "62 96-192"])
    }

    @Test(arguments: [
        ("meta", B.meta(0, 0x06, [65])), ("exclusive", [0, 0xF0, 2, 1, 0xF7]),
        ("real time", [0, 0xF8]),
    ])
    func runningStatusSurvives(what: String, event: [UInt8]) throws {
        let bytes = B.file([B.on(0, 60) + event + [96, 60, 0] + B.endOfTrack])
        #expect(try B.notes(bytes) == ["60 0-96"])
        let kinds = try B.read(bytes).report.repairs.map(\.kind)
        #expect(kinds.contains(.runningStatusAcrossMeta))
        #expect(throws: MIDIFileError.self) { try B.read(bytes, .strict) }
    }

    static let overlapping =
        B.on(0, 60) + B.on(100, 60, velocity: 50) + B.off(100, 60) + B.off(100, 60) + B.endOfTrack

    @Test func aNewStrikeEndsTheFormerNote() throws {
        let bytes = B.file([Self.overlapping])
        #expect(try B.notes(bytes, .strict) == ["60 0-100", "60 100-200"])
        let report = try B.read(bytes).report
        #expect(report.omissions == [.init(kind: .overlappingNotes, count: 1)])
    }

    @Test func theFirstReleaseCanEndTheFirstNote() throws {
        let policy = ReadingPolicy(tolerance: .strict, overlap: .firstReleaseEndsFirst)
        #expect(try B.notes(B.file([Self.overlapping]), policy) == ["60 0-200", "60 100-300"])
    }

    @Test func aReleaseWrittenAfterTheNewStrikeEndsTheFormerNote() throws {
        let track = B.on(0, 60) + B.on(100, 60) + B.off(0, 60) + B.off(100, 60) + B.endOfTrack
        #expect(try B.notes(B.file([track]), .strict) == ["60 0-100", "60 100-200"])
    }

    @Test func theSamePitchInTwoTracksOrChannelsDoesNotOverlap() throws {
        let first =
            B.on(0, 60) + B.on(10, 60, channel: 1) + B.off(10, 60) + B.off(10, 60, channel: 1)
        let second = B.on(5, 60) + B.off(10, 60)
        let bytes = B.file([first + B.endOfTrack, second + B.endOfTrack])
        #expect(try B.notes(bytes, .strict) == ["60 0-20", "60 10-30", "60 5-15"])
    }

    @Test func allNotesOffEndsTheChannelsNotes() throws {
        let track =
            B.on(0, 60) + B.on(0, 64) + B.on(0, 67, channel: 1) + [50, 0xB0, 123, 0]
            + B.off(10, 60) + B.off(0, 64) + B.off(0, 67, channel: 1) + B.endOfTrack
        #expect(try B.notes(B.file([track]), .strict) == ["60 0-50", "64 0-50", "67 0-60"])
    }

    @Test func thePedalDoesNotLengthenNotes() throws {
        let track = [0, 0xB0, 64, 127] + B.on(0, 60) + B.off(10, 60) + [90, 0xB0, 64, 0]
        #expect(try B.notes(B.file([track + B.endOfTrack]), .strict) == ["60 0-10"])
    }

    @Test func aTrackWithoutProgramTakesItsChannelsFirst() throws {
        let setup: [UInt8] = [0, 0xC3, 19] + B.endOfTrack
        let notes = B.on(0, 60, channel: 3) + B.off(1, 60, channel: 3) + B.endOfTrack
        #expect(try B.read(B.file([setup, notes]), .strict).score.parts.map(\.program) == [19])
    }

    @Test(arguments: [
        ("Größe", Array("Größe".utf8)), ("Größe", [0x47, 0x72, 0xF6, 0xDF, 0x65]),
        ("a b", Array("  a b \0\0".utf8)), ("", []),
    ])
    func namesAreUTF8OrLatin1(name: String, bytes: [UInt8]) throws {
        let track = B.meta(0, 0x03, bytes) + B.on(0, 60) + B.off(9, 60) + B.endOfTrack
        #expect(try B.read(B.file([track]), .strict).score.parts.map(\.name) == [name])
    }

    @Test(arguments: [
        (0xE728, 1.2), (0xE828, 1.25), (0xE228, 1.0), (0xE328, 1.001), (0xE701, 48.0),
        (480, 1.25), (1, 600.0),
    ])
    func smpteDivisionsKeepTheSeconds(division: Int, seconds: Double) throws {
        let track =
            B.meta(0, 0x51, [0x0F, 0x42, 0x40]) + B.on(0, 60) + B.off(1200, 60) + B.endOfTrack
        let (score, _) = try B.read(B.file(division: division, [track]), .strict)
        let factor = division < 0x8000 ? 2.0 : 1
        #expect(abs(score.seconds - seconds * factor) < 1e-12)
    }

    @Test func textsAndCopyrightAtTheStartAreKeptAndLaterOnesReported() throws {
        let track =
            B.meta(0, 0x02, Array("(C) 1998".utf8)) + B.meta(0, 0x01, [0xE9]) + B.on(0, 60)
            + B.off(9, 60) + B.meta(0, 0x01, Array("later".utf8)) + B.endOfTrack
        let (score, report) = try B.read(B.file([track]), .strict)
        #expect(score.texts == ["(C) 1998", "é"])
        #expect(report.omissions == [.init(kind: .texts, count: 1)])
    }

    @Test func sequencesOfFormat2LieSideBySide() throws {
        let first = B.meta(0, 0x51, [0x0F, 0x42, 0x40]) + B.on(0, 60) + B.off(480, 60)
        let second = B.meta(0, 0x51, [0x01, 0, 0]) + B.on(0, 62) + B.off(480, 62)
        let bytes = B.file(format: 2, [first + B.endOfTrack, second + B.endOfTrack])
        let (score, report) = try B.read(bytes, .strict)
        #expect(score.parts.count == 2)
        #expect(score.seconds == 1)
        #expect(report.omissions.contains(.init(kind: .independentSequences, count: 2)))
        #expect(report.omissions.contains(.init(kind: .tempoChanges, count: 1)))
    }

    @Test func riffWrappedFilesAreRead() throws {
        let midi = B.file([B.on(0, 60) + B.off(9, 60) + B.endOfTrack])
        func little(_ value: Int) -> [UInt8] { B.number(value, 4).reversed() }
        let list = Array("LIST".utf8) + little(3) + [1, 2, 3, 0]
        let data = list + Array("data".utf8) + little(midi.count) + midi + [0, 9]
        let bytes = Array("RIFF".utf8) + little(data.count + 4) + Array("RMID".utf8) + data
        #expect(try B.notes(bytes, .strict) == ["60 0-9"])
    }

    @Test func farTimesStopAtTheLatestTick() throws {
        let wait: [UInt8] = [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0x06, 0]
        let track = Array(repeatElement(wait, count: 100).joined()) + B.on(0, 60) + B.off(5, 60)
        let (score, report) = try B.read(B.file([track + B.endOfTrack]))
        #expect(score.end == MIDIFile.latestTick(ticksPerQuarter: 480))
        #expect(report.repairs.first?.kind == .timeBeyondBound)
    }
}
