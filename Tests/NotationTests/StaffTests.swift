import Notation
import Score
import Testing

struct StaffTests {
    private func piano(_ parts: (name: String, notes: [Note])...) -> Score {
        Score(
            keyMap: key(0), parts: parts.map { Part(name: $0.name, program: 0, notes: $0.notes) })
    }

    private func pitches(_ sheet: SheetMusic, _ staff: Int) -> [Int] {
        sheet.parts[0].staves[staff].bars.joined().flatMap(\.events).flatMap(\.heads)
            .map(\.pitch.pitch.number)
    }

    @Test func twoPianoTracksAreTheTwoStavesTheHigherOneAbove() throws {
        let sheet = try SheetMusic(
            piano(("Piano", line([40, 43], each: 1)), ("Piano", line([72, 76], each: 1))))
        #expect(sheet.parts.count == 1)
        #expect(pitches(sheet, 0) == [72, 76])
        #expect(pitches(sheet, 1) == [40, 43])
    }

    @Test func namesTellTheHandsEvenWhereTheyCross() throws {
        let sheet = try SheetMusic(
            piano(("Piano left", line([84, 86], each: 1)), ("Piano right", line([50], each: 1))))
        #expect(pitches(sheet, 0) == [50])
        #expect(pitches(sheet, 1) == [84, 86])
    }

    @Test func aVoiceWithoutProgramKeepsItsOwnStaff() throws {
        let sheet = try SheetMusic(
            piano(
                ("Śpiew", line([67, 69], each: 1)), ("Fortepian", line([72, 76], each: 1)),
                ("Fortepian", line([40, 43], each: 1))))
        #expect(sheet.parts.map(\.name) == ["Śpiew", "Piano"])
        #expect(sheet.parts.map(\.staves.count) == [1, 2])
    }

    @Test func oneTrackIsSplitByTheHandsPosition() throws {
        let melody = line([76, 77, 79, 81, 83, 84, 81, 77], each: 0.5)
        let chords = notes([(48, 0, 2), (52, 0, 2), (55, 0, 2), (41, 2, 2), (48, 2, 2), (53, 2, 2)])
        let sheet = try SheetMusic(piano(("", melody + chords)))
        #expect(pitches(sheet, 0) == melody.map(\.pitch.number))
        #expect(Set(pitches(sheet, 1)) == Set(chords.map(\.pitch.number)))
    }

    @Test func aHandNeverSpansMoreThanItReaches() throws {
        let wide = notes([(36, 0, 1), (48, 0, 1), (64, 0, 1), (72, 0, 1), (40, 1, 1), (76, 1, 1)])
        let sheet = try SheetMusic(piano(("", wide)))
        #expect(pitches(sheet, 0) == [64, 72, 76])
        #expect(pitches(sheet, 1) == [36, 48, 40])
    }

    @Test func aLeftHandThatStaysHighChangesClefOnceAndBack() throws {
        let low = line([48, 50, 52, 53], each: 1)
        let high = line(
            Array(repeating: [79, 81, 83, 84], count: 6).joined().map { $0 }, each: 1, from: 4)
        let end = line([48, 50, 52, 53, 48, 50, 45, 43], each: 1, from: 28)
        let sheet = try SheetMusic(
            piano(("right", line([84], each: 36)), ("left", low + high + end)))
        let clefs = sheet.parts[0].staves[1].clefs
        #expect(clefs == [.bass] + Array(repeating: .treble, count: 6) + [.bass, .bass])
    }

    @Test(arguments: [
        (40, Clef.treble), (41, .alto), (42, .bass), (73, .treble), (25, .trebleBelow),
        (32, .bassBelow), (43, .bassBelow),
    ])
    func instrumentsHaveTheirClefs(program: Int, clef: Clef) throws {
        let pitches = program == 42 ? [43, 48] : [60, 62]
        let piece = Score(parts: [Part(program: program, notes: line(pitches, each: 1))])
        #expect(try SheetMusic(piece).parts[0].staves[0].clefs == [clef])
    }

    @Test func aHeldNoteUnderAMelodyHasAVoiceOfItsOwn() throws {
        let sheet = try SheetMusic(score(line([76, 77, 79, 81], each: 1) + notes([(60, 0, 4)])))
        #expect(try sheet.text(bar: 0) == "E5:q F5:q G5:q A5:q")
        #expect(try sheet.text(bar: 0, voice: 1) == "C4:w")
    }

    @Test func notesThatBeginAndEndTogetherAreOneChord() throws {
        let sheet = try SheetMusic(score(notes([(60, 0, 2), (64, 0, 2), (67, 0, 2), (65, 2, 2)])))
        #expect(try sheet.text(bar: 0) == "C4+E4+G4:h F4:h")
    }

    @Test func aPitchStruckTwiceAtOnceIsWrittenTwice() throws {
        let sheet = try SheetMusic(score(notes([(60, 0, 4), (60, 0, 4)])))
        #expect(sheet.parts[0].notes.count == 2)
    }

    @Test func drumsAreLeftOutAndCounted() throws {
        var piece = score(line([60], each: 4))
        piece.parts.append(Part(name: "Drums", isDrums: true, notes: line([36, 38], each: 1)))
        let sheet = try SheetMusic(piece)
        #expect(sheet.parts.count == 1)
        #expect(sheet.changes.drums == 2)
    }
}
