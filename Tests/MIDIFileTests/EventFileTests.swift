import Foundation
import MIDIFile
import Score
import Testing

struct EventFileTests {
    typealias B = MIDIBytes

    static func read(_ bytes: [UInt8]) throws -> (file: EventFile, report: ReadingReport) {
        try MIDIFile.readEvents(Data(bytes), named: "test.mid")
    }

    /// Events of every kind, with and without their status bytes.
    static let track: [UInt8] =
        B.meta(0, 0x03, Array("All".utf8)) + B.on(0, 60) + [5, 64, 90] + B.off(10, 60)
        + [0, 0xA1, 60, 1] + [0, 0xB2, 7, 100, 0, 10, 64] + [0, 0xC3, 40, 0, 41] + [0, 0xD4, 9]
        + [0, 0xE5, 0, 64] + [0, 0xF0, 3, 0x7E, 0x09, 1] + [9, 0xF7, 2, 2, 0xF7]
        + [0, 0xF7, 1, 0xF8] + B.meta(0, 0x7F, [1, 2]) + B.meta(1, 0x60, []) + [9, 0xFF, 0x2F, 0]

    /// A pipe gives its bytes once.
    @Test func scoreAndEventsAreOfOneReading() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(B.rich))
        try pipe.fileHandleForWriting.close()
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        let (score, _, events) = try MIDIFile.readWithEvents(contentsOf: path)
        #expect(try score == B.read(B.rich).score && events == Self.read(B.rich).file)
    }

    @Test func everyKindOfEventIsThere() throws {
        let file = try Self.read(B.file([Self.track])).file
        let track = try #require(file.tracks.first)
        let words = track.map { "\($0.tick.count) \(Self.words($0.event))" }
        #expect(
            words == [
                "0 meta 3 [65, 108, 108]", "0 90 60 80", "5 90 64 90", "15 80 60 64", "15 a1 60 1",
                "15 b2 7 100", "15 b2 10 64", "15 c3 40 0", "15 c3 41 0", "15 d4 9 0",
                "15 e5 0 64", "15 exclusive [126, 9, 1]", "24 escape [2, 247]",
                "24 escape [248]", "24 meta 127 [1, 2]", "25 meta 96 []",
            ])
        #expect(track.end == Ticks(34))
        #expect(file.format == .tracks && file.division.ticksPerQuarter == 480)
    }

    private static func words(_ event: MIDIEvent) -> String {
        switch event {
        case .channel(let message):
            "\(String(message.status, radix: 16)) \(message.first) \(message.second)"
        case .meta(let meta): "meta \(meta.type) \(Array(meta.data))"
        case .exclusive(let data): "exclusive \(Array(data))"
        case .escape(let data): "escape \(Array(data))"
        }
    }

    static let wellMade: [(String, [UInt8])] = [
        ("everything", B.rich),
        ("all kinds of events", B.file([track])),
        ("format 0", B.file(format: 0, [track])),
        ("format 2", B.file(format: 2, [track, track])),
        ("SMPTE time", B.file(division: 0xE728, [track])),
        ("no tracks", B.file([])),
        ("needlessly long numbers", B.file([[0x80, 0x80, 0, 0xFF, 1, 0x80, 0] + track])),
        ("End of Track with data", B.file([track.dropLast() + [2, 1, 2]])),
        (
            "unknown chunks",
            B.file(trackCount: 1, []) + B.chunk([9], id: "XFIH") + B.chunk(track)
                + B.chunk([], id: "ZZZZ")
        ),
        (
            "a longer header",
            Array("MThd".utf8) + B.number(8, 4) + [0, 0, 0, 1, 0, 96, 7, 8]
                + B.chunk(track)
        ),
        ("a RIFF file", riff(B.file([track]), after: [0])),
        (
            "a RIFF file with more in it",
            riff(
                B.file([track]), before: Array("DISP".utf8) + [1, 0, 0, 0, 65, 0],
                after: Array("LIST".utf8) + [2, 0, 0, 0, 1, 2])
        ),
    ]

    static func riff(
        _ midi: [UInt8], before: [UInt8] = [], after: [UInt8] = []
    ) -> [UInt8] {
        func little(_ value: Int) -> [UInt8] { B.number(value, 4).reversed() }
        let data = before + Array("data".utf8) + little(midi.count) + midi + after
        return Array("RIFF".utf8) + little(data.count + 4) + Array("RMID".utf8) + data
    }

    @Test(arguments: wellMade)
    func whatIsWellMadeComesBackByteForByte(name: String, bytes: [UInt8]) throws {
        let (file, report) = try Self.read(bytes)
        #expect(report == ReadingReport())
        #expect([UInt8](MIDIFile.write(file)) == bytes)
    }

    @Test func aWrongRIFFLengthIsPutRight() throws {
        let right = Self.riff(B.file([Self.track]))
        let file = try Self.read(Array(right[..<4] + [1, 2, 3, 4] + right[8...])).file
        #expect(file.isWrapped)
        #expect([UInt8](MIDIFile.write(file)) == right)
    }

    /// What holds for any bytes that can be read.
    static func expectTheLaws(_ bytes: [UInt8]) throws {
        guard let (file, report) = try? read(bytes) else {
            #expect(throws: MIDIFileError.self) { try B.read(bytes) }
            return
        }
        let written = [UInt8](MIDIFile.write(file))
        let again = try read(written)
        #expect(again.file == file)
        #expect(again.report == ReadingReport(repairs: report.repairs.filter(\.isKept)))
        if report.repairs.isEmpty { #expect(written == bytes) }
        let score = try B.read(bytes).score
        #expect(try B.read(written).score == score)
        #expect(try file.score(named: "test.mid").score == score)
    }

    @Test(arguments: DamageTests.damages)
    func damagedFilesAreWrittenRepaired(_ damage: DamageTests.Damage) throws {
        try Self.expectTheLaws(damage.bytes)
    }

    @Test func theLawsHoldForFilesCutAtEveryByte() throws {
        for bytes in [B.rich, B.file([Self.track]), Self.riff(B.rich)] {
            for length in 0..<bytes.count { try Self.expectTheLaws(Array(bytes.prefix(length))) }
        }
    }

    @Test func theLawsHoldForRandomMutations() throws {
        var random = Splitmix(state: 11)
        for round in 0..<1500 {
            let whole = round.isMultiple(of: 2) ? B.rich : B.file([Self.track, Self.track])
            try Self.expectTheLaws(Mutation.mutated(whole, using: &random))
        }
    }

    @Test func tracksAreMadeOfEvents() throws {
        let note = try #require(ChannelMessage(.noteOn, channel: 0, 60, 80))
        let end = try #require(ChannelMessage(.noteOn, channel: 0, 60))
        let text = try #require(MetaEvent(type: 1, data: [65]))
        let events = [
            TimedEvent(tick: Ticks(96), event: .channel(end)),
            TimedEvent(tick: .zero, event: .meta(text)),
            TimedEvent(tick: .zero, event: .channel(note)),
        ]
        let division = try #require(TimeDivision(ticksPerQuarter: 96))
        func bytes(_ leavingOutStatus: Bool) -> [UInt8] {
            let track = EventTrack(
                events, endingAt: Ticks(200), leavingOutStatus: leavingOutStatus)
            let file = EventFile(format: .singleTrack, division: division, chunks: [.track(track)])
            return [UInt8](MIDIFile.write(file))
        }
        let start = B.meta(0, 1, [65]) + B.on(0, 60) + [96]
        let rest: [UInt8] = [60, 0, 104, 0xFF, 0x2F, 0]
        #expect(bytes(true) == B.file(format: 0, division: 96, [start + rest]))
        #expect(bytes(false) == B.file(format: 0, division: 96, [start + [0x90] + rest]))
    }

    /// Between notes of one status, each kind of event that ends running status.
    static let interrupted =
        [B.meta(0, 0x01, [65]), [0, 0xF0, 1, 0xF7], [0, 0xF7, 1, 0xF8], []].flatMap {
            $0 + B.on(1, 60) + B.on(1, 60, velocity: 0)
        } + B.endOfTrack

    @Test(arguments: [track, interrupted], [false, true])
    func tracksMadeAnewHaveTheSameEvents(bytes: [UInt8], leavingOutStatus: Bool) throws {
        let file = try Self.read(B.file([bytes])).file
        let track = try #require(file.tracks.first)
        let anew = EventTrack(
            Array(track), endingAt: track.end, leavingOutStatus: leavingOutStatus)
        let written = MIDIFile.write(
            EventFile(division: file.division, chunks: [.track(anew)]))
        let again = try MIDIFile.readEvents(written, named: "again", policy: .strict).file
        #expect(try #require(again.tracks.first).elementsEqual(track))
        #expect(anew.end == track.end)
    }

    @Test(arguments: [
        B.rich, B.file(division: 0xE728, [B.meta(9, 0x51, [1, 2, 3]) + B.endOfTrack]),
        B.file(format: 2, [1, 2].map { B.meta(0, 0x51, [7, 0, $0]) + B.endOfTrack }),
        B.file([]),
    ])
    func eventsHaveTheTimesOfTheScore(bytes: [UInt8]) throws {
        let file = try Self.read(bytes).file
        let score = try B.read(bytes).score
        #expect(file.tempoMap == score.tempoMap)
        #expect(file.ticksPerQuarter == score.ticksPerQuarter)
    }

    @Test func whatNoEventCanHoldIsRefused() {
        #expect(ChannelMessage(.noteOn, channel: 16, 1, 1) == nil)
        #expect(ChannelMessage(.noteOn, channel: 0, 128, 1) == nil)
        #expect(ChannelMessage(.program, channel: 0, 1, 1) == nil)
        #expect(MetaEvent(type: 0x2F, data: []) == nil)
        #expect(UnknownChunk(name: "MTrk", data: []) == nil)
        #expect(UnknownChunk(name: "Größe", data: []) == nil)
        #expect(TimeDivision(ticksPerQuarter: 0) == nil)
        #expect(TimeDivision(framesPerSecond: 25, ticksPerFrame: 0) == nil)
    }

    @Test func divisionsTellWhatTheyWereMadeOf() throws {
        let frames = try #require(TimeDivision(framesPerSecond: 25, ticksPerFrame: 40))
        #expect(frames.frames?.perSecond == 25 && frames.frames?.ticks == 40)
        #expect(frames.ticksPerQuarter == nil)
        #expect(frames.quarter.ticks == 500 && frames.quarter.fixedTempo == 500_000)
        let file = try Self.read(B.file(division: 0xE728, [])).file
        #expect(file.division == frames)
    }
}

extension ReadingReport.Repair {
    /// Whether it is about what a number means and not about how a file is built: such numbers are kept.
    var isKept: Bool { if case .frameRate = kind { true } else { false } }
}
