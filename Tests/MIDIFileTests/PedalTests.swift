import MIDIFile
import Score
import Testing

struct PedalTests {
    typealias B = MIDIBytes

    static func move(_ delta: Int, _ value: UInt8, channel: UInt8 = 0) -> [UInt8] {
        B.variable(delta) + [0xB0 | channel, 64, value]
    }

    static func notes(channel: UInt8 = 0) -> [UInt8] {
        B.on(0, 60, channel: channel) + B.off(90, 60, channel: channel)
    }

    /// The presses of each part, as `down-up`.
    static func pedals(_ tracks: [[UInt8]], format: Int = 1) throws -> [[String]] {
        let bytes = B.file(format: format, tracks.map { $0 + B.endOfTrack })
        let score = try B.read(bytes, .strict).score
        #expect(try MIDIFile.read(MIDIFile.write(score), named: "again").score == score)
        return score.parts.map { $0.pedals.map { "\($0.down.count)-\($0.up.count)" } }
    }

    @Test func aPressLastsFrom64OnUntilBelow64() throws {
        let moves =
            Self.move(1, 63) + Self.move(1, 64) + Self.move(1, 127) + Self.move(1, 64)
            + Self.move(6, 63) + Self.move(1, 0) + Self.move(9, 100) + Self.move(0, 0)
        #expect(try Self.pedals([Self.notes() + moves]) == [["92-100", "110-110"]])
    }

    @Test func aPedalThatIsNeverReleasedEndsWithItsTrack() throws {
        let track = Self.move(5, 127) + Self.notes() + [9, 0xFF, 0x01, 0]
        #expect(try Self.pedals([track]) == [["5-104"]])
    }

    @Test func aPressBelongsToTheProgramThatIsSetWhenItGoesDown() throws {
        let track =
            Self.move(0, 127) + [0, 0xC0, 5] + Self.notes() + [0, 0xC0, 6] + Self.move(0, 0)
            + Self.move(1, 127) + Self.notes() + Self.move(1, 0)
        #expect(try Self.pedals([track]) == [["0-90"], ["91-182"]])
    }

    @Test func handsInTwoTracksShareThePedalOfTheirChannel() throws {
        let right = Self.move(3, 127) + Self.notes() + Self.move(1, 0)
        #expect(try Self.pedals([right, Self.notes()]) == [["3-94"], ["3-94"]])
        #expect(try Self.pedals([right, Self.notes(channel: 1)]) == [["3-94"], []])
        #expect(try Self.pedals([right, Self.notes()], format: 2) == [["3-94"], []])
        let lifted = Self.move(0, 0) + Self.notes()
        #expect(try Self.pedals([right, lifted]) == [["3-94"], []])
    }

    @Test func tracksOfPedalAloneServeTheOthersAndTheirPressesMerge() throws {
        let first = Self.move(10, 127) + Self.move(20, 0) + Self.move(50, 127) + Self.move(9, 0)
        let second = Self.move(25, 127) + Self.move(20, 0) + Self.move(0, 127) + Self.move(1, 0)
        let tracks = [first, Self.notes(), second]
        #expect(try Self.pedals(tracks) == [["10-45", "45-46", "80-89"]])
    }

    @Test func pressesOnSilentChannelsAreReported() throws {
        let track = Self.move(0, 127, channel: 4) + Self.move(1, 0, channel: 4) + Self.notes()
        let report = try B.read(B.file([track + B.endOfTrack])).report
        #expect(report.omissions == [.init(kind: .sustainPedal, count: 1)])
    }

    @Test func partsThatShareAChannelKeepTheirOwnPedal() throws {
        let note = try WritingTests.note(60, 0, 480)
        let pedal = Pedal(down: Ticks(7), up: Ticks(9))
        let score = Score(
            parts: (0..<20).map { index in
                Part(program: 3, notes: [note], pedals: index % 7 == 1 ? [pedal] : [])
            })
        let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
        #expect(again.score == score)
    }

    @Test func thePedalIsWrittenUpBeforeTheNotesOfItsTickAndDownAfterThem() throws {
        let notes = [try WritingTests.note(60, 0, 10), try WritingTests.note(62, 10, 5)]
        let pedals = [(0, 10), (10, 10), (10, 20)].map { Pedal(down: Ticks($0), up: Ticks($1)) }
        let bytes = [UInt8](MIDIFile.write(Score(parts: [Part(notes: notes, pedals: pedals)])))
        let expected =
            B.on(0, 60) + Self.move(0, 127) + Self.move(10, 0) + B.off(0, 60) + B.on(0, 62)
            + Self.move(0, 127) + Self.move(0, 0) + Self.move(0, 127) + B.off(5, 62)
            + Self.move(5, 0)
        #expect(bytes.suffix(expected.count + 4) == expected + B.endOfTrack)
    }
}
