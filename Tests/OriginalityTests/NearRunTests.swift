import Originality
import Score
import Testing

/// What is a source's but for small changes.
@Suite struct NearRunTests {
    private let source = Music(chords: 300, seed: 1)
    private let frame = Music(chords: 100, seed: 2)
    private let table: PassageTable

    init() { table = OriginalityTests.table(source) }

    private func runs(_ copy: Music) -> [SharedRun] {
        let music = frame.part(0..<60).appending(copy).appending(frame.part(60..<100))
        return RunSearch(music.sequence, in: table).nearRuns(atMost: 10)
    }

    @Test func oneChangedNoteDoesNotEndIt() throws {
        var copy = source.part(100..<140).moved(by: 3)
        copy.chords[20].pitches[0] += 1
        let run = try #require(runs(copy).first)
        #expect(run.chords == 60..<100 && run.transposition == 3)
        #expect(run.sourceBar == source.chords[100].step / 48 + 1)
        #expect(run.notes == copy.notes)
        #expect(run.sharedNotes == copy.notes - Set(copy.chords[20].pitches).count)
        #expect(run.length == run.sharedNotes)
        let exact = RunSearch(
            frame.part(0..<60).appending(copy).sequence, in: table
        ).exactRuns(atMost: 10)
        #expect(
            exact.map(\.chords).sorted { $0.lowerBound < $1.lowerBound } == [60..<80, 81..<100])
    }

    @Test("One change in so many chords", arguments: [7, 8, 12])
    func severalChangesDoNotEndIt(spacing: Int) throws {
        var copy = source.part(100..<196)
        for index in stride(from: spacing, to: 96, by: spacing) {
            copy.chords[index].pitches[0] -= 2
        }
        let run = try #require(runs(copy).first)
        #expect(run.chords.clamped(to: 60..<156).count >= 96 - spacing)
    }

    @Test func aChordLeftOutOrPutInDoesNotEndIt() throws {
        var copy = source.part(100..<140)
        copy.chords.remove(at: 12)
        let between = (copy.chords[26].step + copy.chords[27].step) / 2
        copy.chords.insert((between, [47]), at: 27)
        let run = try #require(runs(copy).first)
        #expect(run.chords == 60..<60 + copy.chords.count)
        #expect(run.sharedNotes == copy.notes - 1)
    }

    @Test func otherMusicEndsIt() throws {
        let copy = source.part(100..<130).appending(frame.part(30..<50))
            .appending(source.part(130..<160))
        let found = runs(copy)
        #expect(
            found.map(\.chords).sorted { $0.lowerBound < $1.lowerBound } == [60..<90, 110..<140])
    }
}
