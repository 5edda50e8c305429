import Foundation
import MIDIFile
import Testing

struct ErrorTextTests {
    static let give = "give a Standard MIDI File (.mid)"

    @Test(
        arguments: [
            ([], "a.mid: is empty; \(give)"),
            (
                [0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
                "a.mid: is a JPEG picture, not a MIDI file; \(give)"
            ),
            (
                Array("RIFF\u{8}\0\0\0WAVEfmt ".utf8),
                "a.mid: is a WAVE sound file, not a MIDI file; \(give)"
            ),
            (Array("Dear Clara,\r\n".utf8), "a.mid: is a text file, not a MIDI file; \(give)"),
            (
                Array("<?xml version=\"1.0\"?><score-partwise>".utf8),
                "a.mid: is a MusicXML score, not a MIDI file; \(give)"
            ),
            ([1, 2, 3], "a.mid: is not a MIDI file, as there is no MThd in its 3 bytes; \(give)"),
            (
                Array("MThd\0\0\0\u{6}\0".utf8),
                "a.mid: is cut short, at byte 9, within its header; export or fetch it again"
            ),
            (
                Array("MTrk\0\0\0\0".utf8),
                "a.mid: has no MIDI header before its first track, so its timing is lost; "
                    + "export or fetch it again"
            ),
            (
                MIDIBytes.file(division: 0, []),
                "a.mid: gives its ticks no length (zero at byte 12); export or fetch it again"
            ),
            (
                MIDIBytes.file(division: 0xE800, []),
                "a.mid: gives its ticks no length (zero at byte 12); export or fetch it again"
            ),
        ] as [([UInt8], String)])
    func bytesThatAreNoMIDIFileSaySo(bytes: [UInt8], text: String) throws {
        let error = #expect(throws: MIDIFileError.self) {
            try MIDIFile.read(Data(bytes), named: "a.mid")
        }
        #expect(error?.description == text)
    }

    @Test func clipsHaveNoEventsOfMIDIFiles() {
        let error = #expect(throws: MIDIFileError.self) {
            try MIDIFile.readEvents(Data("SMF2CLIP".utf8), named: "a.mid")
        }
        #expect(
            error?.description == "a.mid: is a MIDI 2.0 clip, not a MIDI file; \(Self.give)")
    }

    @Test func damageIsNamedWithItsPlace() {
        let bytes = MIDIBytes.file([MIDIBytes.off(0, 60) + MIDIBytes.endOfTrack])
        let error = #expect(throws: MIDIFileError.self) { try MIDIBytes.read(bytes, .strict) }
        #expect(
            error?.description
                == "test.mid: is damaged (track 1, byte 22: a release without a note was left out); "
                + "read it leniently, or export it again")
    }

    @Test func cutFilesAreNamedWithTheirEnd() {
        let bytes = MIDIBytes.file([MIDIBytes.on(0, 60) + MIDIBytes.endOfTrack])
        let error = #expect(throws: MIDIFileError.self) {
            try MIDIBytes.read(bytes.dropLast(1), .complete)
        }
        #expect(
            error?.description
                == "test.mid: is cut short (track 1, byte 26: the file ends here, before its music "
                + "does); export or fetch it again")
    }

    @Test(arguments: [
        ("/", "/: is a folder; name a file in it"),
        (
            "/no/such/file.mid",
            "/no/such/file.mid: cannot be read: there is no such file; "
                + "check the path and its permissions"
        ),
    ])
    func pathsThatCannotBeReadSaySo(path: String, text: String) {
        let error = #expect(throws: MIDIFileError.self) { try MIDIFile.read(contentsOf: path) }
        #expect(error?.description == text)
    }

    @Test func omissionsAreSentences() {
        let texts = ReadingReport.Omission.Kind.allCases.map {
            ReadingReport.Omission(kind: $0, count: 2).description
        }
        #expect(texts[0] == "2 presses of the sustain pedal without notes left out")
        #expect(Set(texts).count == texts.count)
        let one = ReadingReport.Omission(kind: .pitchBends, count: 1)
        #expect(one.description == "1 pitch bend left out")
    }
}
