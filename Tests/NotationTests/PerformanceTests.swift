import Notation
import Score
import Testing

struct PerformanceTests {
    /// Deterministic deviations of up to a tenth of a beat.
    private func played(_ notes: [Note]) -> [Note] {
        notes.enumerated().map { index, note in
            let shift = (index * 7919 + 13) % 49 - 24
            let onset = Ticks(max(0, note.onset.count + shift))
            return Note(
                pitch: note.pitch, onset: onset,
                duration: Ticks(note.duration.count * 3 / 4 + shift))
        }
    }

    @Test func aPlayedScaleIsWrittenAsItWasMeant() throws {
        let scale = line([60, 62, 64, 65, 67, 69, 71, 72], each: 0.5)
        let more = line([74, 76, 77, 79, 81, 83, 84, 86], each: 1, from: 4)
        let sheet = try SheetMusic(score(played(scale + more)))
        #expect(sheet.changes.isPerformance)
        #expect(sheet.changes.movedOnsets > 10)
        #expect(sheet.changes.meanShift < 0.06)
        #expect(try sheet.text(bar: 0) == "C4:e D4:e E4:e F4:e G4:e A4:e B4:e C5:e")
        #expect(try sheet.text(bar: 1) == "D5:q E5:q F5:q G5:q")
    }

    @Test func typedNotesHeldShortAreWrittenFull() throws {
        let scale = line([60, 62, 64, 65, 67, 69, 71, 72], each: 0.5).map {
            Note(pitch: $0.pitch, onset: $0.onset, duration: Ticks(197))
        }
        let sheet = try SheetMusic(score(scale))
        #expect(!sheet.changes.isPerformance && sheet.changes.movedOnsets == 0)
        #expect(sheet.changes.changedDurations == 8)
        #expect(try sheet.text(bar: 0) == "C4:e D4:e E4:e F4:e G4:e A4:e B4:e C5:e")
    }

    @Test func aTypedScoreChangesNothing() throws {
        let sheet = try SheetMusic(score(line([60, 62, 64, 65, 67, 69], each: 1 / 3.0)))
        #expect(sheet.changes.movedOnsets == 0 && sheet.changes.changedDurations == 0)
        #expect(sheet.changes.meanShift < 0.001)
    }

    @Test func rubatoIsNoTempoMark() throws {
        var piece = score(line(Array(repeating: 60, count: 16), each: 1))
        piece.tempoMap = TempoMap(
            (0..<16).map {
                .init(tick: Ticks($0 * 480), microsecondsPerQuarter: 500_000 + $0 * 9000)
            })
        #expect(try SheetMusic(piece).tempos.count == 1)
        piece.tempoMap = TempoMap([
            .init(tick: .zero, microsecondsPerQuarter: 500_000),
            .init(tick: Ticks(8 * 480), microsecondsPerQuarter: 750_000),
        ])
        #expect(try SheetMusic(piece).tempos.map(\.quartersPerMinute) == [120, 80])
    }
}
