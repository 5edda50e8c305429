import Notation
import Score
import Testing

struct BarTests {
    @Test func anUpbeatIsBarZeroInTheMeterThatFollows() throws {
        var piece = score(line([67, 72, 74, 76, 72], each: 1))
        piece.meterMap = meterMap((0, (1, 4)), (1, (3, 4)))
        let sheet = try SheetMusic(piece)
        #expect(sheet.bars.map(\.number) == [0, 1, 2])
        #expect(sheet.bars[0].isUpbeat && !sheet.bars[1].isUpbeat)
        #expect(sheet.bars[0].meter == Meter(3, 4))
        #expect(try sheet.text(bar: 0) == "G4:q")
        #expect(sheet.musicXML().contains("<measure number=\"0\" implicit=\"yes\">"))
    }

    @Test func anUpbeatOfAnEighthLiesAtTheEndOfItsBar() throws {
        var piece = score(notes([(67, 0, 0.5), (72, 0.5, 3)]))
        piece.meterMap = MeterMap([
            .init(tick: .zero, meter: try #require(Meter(1, 8))),
            .init(tick: Ticks(240), meter: try #require(Meter(6, 8))),
        ])
        let sheet = try SheetMusic(piece)
        #expect(try sheet.text(bar: 0) == "G4:e")
        #expect(try sheet.text(bar: 1) == "C5:h.")
    }

    @Test func aMeterChangeCutsTheBarBefore() throws {
        var piece = score(line(Array(repeating: 72, count: 9), each: 1))
        piece.meterMap = meterMap((0, (4, 4)), (6, (3, 4)))
        let sheet = try SheetMusic(piece)
        #expect(sheet.bars.map { $0.length / FineTime.quarter } == [4, 2, 3])
        #expect(sheet.bars.map(\.number) == [1, 2, 3])
    }

    /// Readers take a rest of a whole bar to be as long as the meter says, whatever its duration.
    @Test func aShortBarOfRestHasValues() throws {
        var piece = score(line([72], each: 1, from: 8), line(Array(60...68), each: 1))
        piece.meterMap = meterMap((0, (1, 4)), (1, (3, 4)), (4, (4, 4)), (6, (3, 4)))
        let sheet = try SheetMusic(piece)
        #expect(try sheet.text(bar: 0) == "r:q")
        #expect(try sheet.text(bar: 1) == "r:bar")
        #expect(try sheet.text(bar: 2) == "r:h")
    }

    @Test func keysChangeAtBarLines() throws {
        var piece = score(line(Array(repeating: 72, count: 8), each: 1))
        piece.keyMap = KeyMap([
            .init(tick: .zero, key: .none),
            .init(tick: Ticks(4 * 480), key: try #require(KeySignature(sharps: -3, mode: .minor))),
        ])
        let sheet = try SheetMusic(piece)
        #expect(sheet.bars.map(\.key.sharps) == [0, -3])
    }

    @Test func withoutAKeyTheNotesTellIt() throws {
        var piece = score(line([62, 66, 69, 74, 73, 71, 69, 67, 66, 64, 66, 62], each: 1))
        piece.keyMap = KeyMap()
        #expect(try SheetMusic(piece).bars[0].key.sharps == 2)
    }

    @Test func aScoreWithoutNotesIsRefused() {
        #expect(throws: NotationError.noNotes) {
            try SheetMusic(
                Score(parts: [Part(program: 0, isDrums: true, notes: line([36], each: 1))]))
        }
    }

    @Test func endlessMusicIsRefused() {
        let far = Note(
            pitch: notes([(60, 0, 1)])[0].pitch, onset: Ticks(1 << 40), duration: Ticks(480))
        #expect(throws: NotationError.self) { try SheetMusic(score([far])) }
    }
}
