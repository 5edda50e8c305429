import Foundation
import MIDIFile
import Score
import Testing

struct WritingTests {
    typealias B = MIDIBytes

    static func note(
        _ pitch: Int, _ onset: Int, _ duration: Int, velocity: Int = 80
    ) throws -> Note {
        Note(
            pitch: try #require(Pitch(pitch)), onset: Ticks(onset), duration: Ticks(duration),
            velocity: try #require(Velocity(velocity)))
    }

    @Test func theBytesAreTheseAndNoOthers() throws {
        let notes = [try Self.note(60, 0, 480), try Self.note(60, 480, 240, velocity: 1)]
        let score = Score(
            parts: [Part(name: "Pno", program: 5, notes: notes)], texts: ["seed 1"])
        let conductor =
            B.meta(0, 0x01, Array("seed 1".utf8)) + B.meta(0, 0x58, [4, 2, 24, 8])
            + B.meta(0, 0x51, [0x07, 0xA1, 0x20]) + B.endOfTrack
        let part =
            B.meta(0, 0x03, Array("Pno".utf8)) + [0, 0xC0, 5] + B.on(0, 60) + B.off(480, 60)
            + B.on(0, 60, velocity: 1) + B.off(240, 60) + B.endOfTrack
        #expect([UInt8](MIDIFile.write(score)) == B.file([conductor, part]))
    }

    @Test func readingWhatWasWrittenGivesTheScore() throws {
        let meter = try #require(Meter(7, 16))
        let score = Score(
            ticksPerQuarter: 1001,
            tempoMap: TempoMap([
                .init(tick: .zero, microsecondsPerQuarter: 1),
                .init(tick: Ticks(77_777), microsecondsPerQuarter: 0xFF_FFFF),
            ]),
            meterMap: MeterMap([.init(tick: Ticks(77_777), meter: meter)]),
            parts: [
                Part(name: "Größe 音", program: 127, notes: [try Self.note(0, 3, 0)]),
                Part(
                    isDrums: true,
                    notes: [try Self.note(35, 0, 1), try Self.note(127, 400_000_000, 99)]),
                Part(name: "Größe 音", program: 127, notes: [try Self.note(0, 3, 0)]),
            ],
            texts: ["one", String(repeating: "long ", count: 5000)])
        let data = MIDIFile.write(score)
        let again = try MIDIFile.read(data, named: "again", policy: .strict)
        #expect(again.score == score)
        #expect(again.report == ReadingReport())
        #expect(MIDIFile.write(again.score) == data)
    }

    @Test func notesOfNoLengthSurviveBesideOthers() throws {
        let notes = try [
            Self.note(60, 0, 10), Self.note(60, 10, 0), Self.note(60, 10, 0), Self.note(60, 10, 5),
            Self.note(61, 10, 0), Self.note(60, 15, 1),
        ]
        let score = Score(parts: [Part(notes: notes)])
        let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
        #expect(again.score == score)
    }

    @Test func overlappingNotesAreWrittenAsAPlayerHearsThem() throws {
        let score = Score(parts: [
            Part(notes: [try Self.note(60, 0, 300), try Self.note(60, 100, 100)])
        ])
        // Read so that an overlap, had one been written, would stay.
        let policy = ReadingPolicy(tolerance: .strict, overlap: .firstReleaseEndsFirst)
        let bytes = [UInt8](MIDIFile.write(score))
        #expect(try B.notes(bytes, policy) == ["60 0-100", "60 100-200"])
    }

    @Test func everyScoreReadCanBeWrittenAndReadAgain() throws {
        let first = try B.read(B.rich).score
        let data = MIDIFile.write(first)
        let second = try MIDIFile.read(data, named: "again", policy: .strict)
        #expect(second.score == first)
        #expect(MIDIFile.write(second.score) == data)
    }

    @Test(arguments: [(3, 3), (15, 15), (20, 15)])
    func pitchedPartsStayOffTheDrumChannel(parts: Int, channels: Int) throws {
        let score = Score(
            parts: try (0..<parts).map { Part(program: $0, notes: [try Self.note(60, 0, 9)]) }
                + [Part(isDrums: true, notes: [try Self.note(36, 0, 9)])])
        let bytes = [UInt8](MIDIFile.write(score))
        let programs = bytes.indices.dropLast(2).filter {
            bytes[$0] & 0xF0 == 0xC0 && bytes[$0 + 2] == 0 && bytes[$0 - 1] == 0
        }
        let used = programs.map { bytes[$0] & 0x0F }
        #expect(used.count == parts + 1)
        #expect(Set(used.dropLast()).count == channels)
        #expect(!used.dropLast().contains(9))
        #expect(used.last == 9)
        #expect(try MIDIFile.read(Data(bytes), named: "again", policy: .strict).score == score)
    }

    @Test func whatLiesTooFarIsMovedToTheLatestTick() throws {
        let score = Score(parts: [Part(notes: [try Self.note(60, Int.max - 5, 3)])])
        let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict).score
        #expect(again.end == MIDIFile.latestTick(ticksPerQuarter: 480))
    }

    @Test func chordsAreStruckAfterTheNotesBeforeThemEnd() throws {
        let notes = try [Self.note(72, 0, 10), Self.note(48, 10, 10), Self.note(60, 10, 0)]
        let bytes = [UInt8](MIDIFile.write(Score(parts: [Part(notes: notes)])))
        let expected =
            B.on(0, 72) + B.off(10, 72) + B.on(0, 48) + B.on(0, 60) + B.off(0, 60) + B.off(10, 48)
        #expect(bytes.suffix(expected.count + 4) == expected + B.endOfTrack)
    }

    @Test func writingReplacesAFileAndLeavesNothingBeside() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "clara-writing-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("take.mid").path
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))

        let score = try B.read(B.rich).score
        try MIDIFile.write(score, to: path)
        #expect(try MIDIFile.read(contentsOf: path, policy: .strict).score == score)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["take.mid"])

        #expect(throws: MIDIFileError(file: folder.path, reason: .folder)) {
            try MIDIFile.write(score, to: folder.path)
        }
        let tooLong = folder.appendingPathComponent(String(repeating: "x", count: 300)).path
        for impossible in [path + "/x.mid", tooLong] {
            #expect(throws: MIDIFileError.self) { try MIDIFile.write(score, to: impossible) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["take.mid"])
    }
}
