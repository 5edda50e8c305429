import Originality
import Score
import Testing

/// What is a source's note for note.
@Suite struct ExactRunTests {
    private let source = Music(chords: 200, seed: 1)
    private let frame = Music(chords: 100, seed: 2)
    private let table: PassageTable

    init() { table = OriginalityTests.table(source) }

    /// The only run of `count` chords of the source, from the fiftieth on, in the middle of other music.
    private func run(
        _ count: Int, by semitones: Int = 0, timesSteps factor: Int = 1
    ) throws -> (run: SharedRun, copy: Music) {
        let copy = source.part(50..<50 + count).moved(by: semitones, timesSteps: factor)
        let music = frame.part(0..<60).appending(copy).appending(frame.part(60..<100))
        let runs = RunSearch(music.sequence, in: table).exactRuns(atMost: 10)
        #expect(runs.count == 1)
        return (try #require(runs.first), copy)
    }

    @Test("A copy is found with its length and place", arguments: [8, 16, 32, 100])
    func copyIsFound(count: Int) throws {
        let (run, copy) = try run(count)
        #expect(run.chords == 60..<60 + count)
        #expect(run.notes == copy.notes && run.sharedNotes == copy.notes)
        #expect(run.length == copy.notes)
        #expect(table.index.pieces[run.source].name.file == "source.mid")
        #expect(run.sourceBar == source.chords[50].step / 48 + 1)
        #expect(run.transposition == 0)
    }

    @Test("In any key", arguments: [-12, -5, 1, 7]) func transposedCopyIsFound(by shift: Int) throws
    {
        let (run, copy) = try run(24, by: shift)
        #expect(run.transposition == shift && run.length == copy.notes)
    }

    @Test func copyInLongerNotesIsFound() throws {
        let (run, copy) = try run(24, timesSteps: 2)
        #expect(run.chords == 60..<84 && run.length == copy.notes)
    }

    @Test func tempoAndResolutionDoNotMatter() throws {
        let score = source.part(50..<80).score
        let other = Score(
            ticksPerQuarter: 96,
            tempoMap: TempoMap([.init(tick: .zero, microsecondsPerQuarter: 1_234_567)]),
            parts: score.parts.map { part in
                Part(
                    notes: part.notes.map {
                        Note(
                            pitch: $0.pitch, onset: Ticks($0.onset.count / 5),
                            duration: Ticks($0.duration.count / 5))
                    })
            })
        let runs = RunSearch(ChordSequence(of: other), in: table).exactRuns(atMost: 10)
        #expect(runs.map(\.chords) == [0..<30])
    }

    @Test func anotherRhythmIsNoExactRun() throws {
        var copy = source.part(50..<80)
        // The second half a sixteenth later.
        for index in 15..<30 { copy.chords[index].step += 3 }
        let search = RunSearch(copy.sequence, in: table)
        #expect(
            search.exactRuns(atMost: 10).map(\.chords).sorted { $0.lowerBound < $1.lowerBound }
                == [0..<15, 15..<30])
        #expect(search.nearRuns(atMost: 10).map(\.chords) == [0..<30])
    }

    @Test func drumsAndInstrumentsDoNotMatter() throws {
        var score = source.part(50..<80).score
        let notes = score.parts[0].notes
        score.parts = [
            Part(
                program: 40, notes: notes.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)),
            Part(
                program: 0, notes: notes.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)),
            Part(
                isDrums: true,
                notes: (0..<50).map {
                    Note(pitch: notes[0].pitch, onset: Ticks($0 * 77), duration: Ticks(9))
                }
            ),
        ]
        let runs = RunSearch(ChordSequence(of: score), in: table).exactRuns(atMost: 10)
        #expect(runs.map(\.chords) == [0..<30])
    }

    @Test func unrelatedMusicSharesNothing() {
        #expect(RunSearch(frame.sequence, in: table).exactRuns(atMost: 10).isEmpty)
        #expect(RunSearch(frame.sequence, in: table).nearRuns(atMost: 10).isEmpty)
    }

    @Test func excludedPiecesDoNotCount() throws {
        let number = try #require(
            table.index.pieces.firstIndex { $0.name.file == "source.mid" })
        let search = RunSearch(source.sequence, in: table, excluding: [number])
        #expect(search.exactRuns(atMost: 10).isEmpty)
    }

    @Test("A figure that goes on counts once", arguments: [1, 2, 4])
    func repetitionCountsOnce(period: Int) {
        var loop = Music()
        for chord in 0..<64 { loop.chords.append((chord * 3, [60 + 2 * (chord % period)])) }
        let runs = RunSearch(loop.sequence, in: OriginalityTests.table(loop)).exactRuns(atMost: 1)
        // With so few notes told, it is not even mentioned.
        #expect(runs.isEmpty)
        let longer = source.part(50..<80).appending(loop)
        let run = RunSearch(longer.sequence, in: OriginalityTests.table(longer)).exactRuns(
            atMost: 1)
        #expect(run.map(\.notes) == [longer.notes])
        #expect(run.map { $0.length < longer.notes - 40 } == [true])
    }

    @Test("Music too short to tell has no run", arguments: [0, 1, 3, 5]) func shortMusic(count: Int)
    {
        let music = source.part(0..<count)
        #expect(RunSearch(music.sequence, in: table).exactRuns(atMost: 10).isEmpty)
        let short = OriginalityTests.table(music, others: 0)
        #expect(RunSearch(source.sequence, in: short).exactRuns(atMost: 10).isEmpty)
    }
}
