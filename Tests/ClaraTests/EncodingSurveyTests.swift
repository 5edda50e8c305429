import Clara
import Foundation
import MIDIFile
import Score
import TestSupport
import Testing

@Suite struct EncodingSurveyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Two notes on the grid of 12 and one a hair after it, one below the range of 62, and a drum.
    private func writePiece() throws {
        func note(_ pitch: Int, _ onset: Int) throws -> Note {
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(onset), duration: Ticks(240))
        }
        let piano = Part(notes: try [note(60, 0), note(64, 480), note(62, 970), note(21, 960)])
        let drums = Part(isDrums: true, notes: [try note(36, 0)])
        try MIDIFile.write(Score(parts: [piano, drums]), to: folder.file("a.mid"))
    }

    @Test func notesThatMoveOrGoAreCounted() throws {
        try writePiece()
        let music = try EncodingSurvey.Music([folder.path])
        let survey = try EncodingSurvey(of: music, encoding: "notewise-62-12")
        #expect(survey.pieces == 1 && survey.notes == 5)
        #expect(survey.encodedNotes == 4 && survey.foundNotes == 3)
        #expect(survey.losses.map(\.name) == ["drums", "folded"])
        #expect(abs(survey.onsetError.largest - 10.0 / 480) < 1e-9)
        #expect(abs(survey.onsetError.mean - 10.0 / 480 / 3) < 1e-9)
        #expect(survey.uncanonical.isEmpty && survey.unplayable.isEmpty)
        #expect(survey.neverHeld.contains("velocity"))
    }

    @Test func lengthsAreFoundChangedWhereTheTextHoldsNone() throws {
        try writePiece()
        let music = try EncodingSurvey.Music([folder.path])
        let bare = try EncodingSurvey(of: music, encoding: "chordwise-88-12")
        let held = try EncodingSurvey(of: music, encoding: "chordwise-held-88-12")
        #expect(bare.lengthError.largest == 0.5 && held.lengthError.largest == 0)
        #expect(bare.foundNotes == 4 && held.foundNotes == 4)
    }

    @Test func whatCannotBeReadIsNamed() throws {
        try writePiece()
        try folder.write("no music", to: "b.mid")
        let music = try EncodingSurvey.Music([folder.path])
        #expect(music.skipped.count == 1)
        #expect(throws: ConversionError.self) { try EncodingSurvey(of: music, encoding: "no") }
    }

    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data or CLARA_SHARED"))
    func theLawsHoldOfRealDuets() throws {
        let data = try #require(SharedData.folder)
        let music = try EncodingSurvey.Music([data + "/duets/polish-violin-piano"])
        for name in ["notewise-duet-62-12", "notewise-duet-38-4", "chordwise-held-duet-62-4"] {
            let survey = try EncodingSurvey(of: music, encoding: name)
            #expect(survey.pieces > 50)
            #expect(survey.uncanonical.isEmpty && survey.unplayable.isEmpty, "\(name)")
        }
    }
}
