import MIDIFile
import Score
import Testing

struct KeySignatureTests {
    typealias B = MIDIBytes

    @Test func allThirtyKeysAreReadAndWrittenAgain() throws {
        let keys = (-7...7).flatMap { sharps in
            KeySignature.Mode.allCases.compactMap { KeySignature(sharps: sharps, mode: $0) }
        }
        #expect(keys.count == 30)
        let changes = keys.enumerated().map { KeyMap.Change(tick: Ticks($0 * 480), key: $1) }
        let score = Score(keyMap: KeyMap(changes), parts: [])
        let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
        #expect(again.score == score)
        #expect(again.report == ReadingReport())
    }

    @Test func theBytesAreThoseOfTheSpecification() throws {
        let track = B.meta(0, 0x59, [0xFD, 1]) + B.meta(96, 0x59, [4, 0]) + B.endOfTrack
        let changes = try B.read(B.file([track]), .strict).score.keyMap.changes
        #expect(changes.map(\.key.name) == ["C minor", "E major"])
        #expect(changes.map(\.tick.count) == [0, 96])
    }

    @Test(arguments: [[20, 9], [8, 0], [0xF8, 0], [0, 2], [1], []] as [[UInt8]])
    func impossibleKeysAreLeftOut(data: [UInt8]) throws {
        let bytes = B.file([B.meta(0, 0x59, data) + B.endOfTrack])
        let (score, report) = try B.read(bytes)
        #expect(score.keyMap.changes.isEmpty)
        #expect(report.repairs.map(\.kind) == [.invalidKey])
        #expect(throws: MIDIFileError.self) { try B.read(bytes, .strict) }
    }

    @Test func laterSequencesOfFormat2HaveNoSay() throws {
        let tracks = [B.meta(0, 0x59, [1, 0]), B.meta(0, 0x59, [2, 0])].map { $0 + B.endOfTrack }
        let (score, report) = try B.read(B.file(format: 2, tracks))
        #expect(score.keyMap.changes.map(\.key.sharps) == [1])
        #expect(report.omissions.contains(.init(kind: .keySignatures, count: 1)))
    }
}
