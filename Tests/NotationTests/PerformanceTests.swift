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

    /// A line on the grid whose ends are a player's; one in five is plain by chance.
    private func transcribed(_ onsets: [Double]) -> [Note] {
        let shares = [0.75, 0.5, 0.92, 0.58, 0.83]
        return notes(
            onsets.indices.map { index in
                let next = index + 1 < onsets.count ? onsets[index + 1] : onsets[index] + 1
                return (60 + index % 12, onsets[index], (next - onsets[index]) * shares[index % 5])
            })
    }

    @Test func endsThatArePlainByChanceAreNoRests() throws {
        let sheet = try SheetMusic(score(transcribed((0..<16).map { Double($0) / 2 })))
        #expect(!sheet.changes.isPerformance && sheet.changes.movedOnsets == 0)
        #expect(try sheet.text(bar: 0) == "C4:e D♭4:e D4:e E♭4:e E4:e F4:e F♯4:e G4:e")
    }

    @Test func betweenShortNotesNoRestIsShorterThanASixteenth() throws {
        let swing = (0..<8).flatMap { beat in
            notes([(60, Double(beat), 0.21), (62, Double(beat) + 2 / 3.0, 0.21)])
        }
        let text = try SheetMusic(score(swing)).text(bar: 0)
        #expect(text.hasPrefix("(C4:q D4:e)3 (C4:q D4:e)3 "))
    }

    @Test func aTranscribedLineHasTupletsOnlyWhereTheyAreFilled() throws {
        let sextuplet = (0..<6).map { 8 + Double($0) / 6 }
        let onsets =
            [0, 5 / 6.0, 1, 1 + 1 / 6.0, 2, 3, 4, 5, 6, 7] + sextuplet + [9, 10, 11]
        let sheet = try SheetMusic(score(transcribed(onsets)))
        #expect(sheet.changes.movedOnsets == 2)
        #expect(try sheet.text(bar: 0).hasPrefix("C4:e. C♯4:s D4:s E♭4:e. "))
        #expect(try sheet.text(bar: 2).hasPrefix("("))
        #expect(try sheet.text(bar: 2).contains("E♭4:s)3"))
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
