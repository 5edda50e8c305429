import Clara
import Testing

/// The detectors on music made by hand, in 4/4.
@Suite struct TakeReviewDetectorTests {
    private static let bars = 16

    private static func passage(_ notes: [Passage.Note]) -> Passage {
        Passage(notes: notes, length: Double(4 * bars), barLength: 4)
    }

    private static func note(_ pitch: Int, _ onset: Double, _ duration: Double = 0.5)
        -> Passage.Note
    {
        Passage.Note(pitch: pitch, onset: onset, duration: duration)
    }

    /// C G E G in eighths.
    private static func albertiBass(bars: Range<Int>) -> [Passage.Note] {
        (bars.lowerBound * 8..<bars.upperBound * 8).map {
            note([48, 55, 52, 55][$0 % 4], Double($0) / 2)
        }
    }

    /// A quarter each; never the same bar twice.
    private static func melody(bars: Range<Int>) -> [Passage.Note] {
        (bars.lowerBound * 4..<bars.upperBound * 4).map { note(60 + $0 * $0 % 23, Double($0), 1) }
    }

    @Test func repeatingTheWholeTextureToTheEndIsALoop() {
        let notes = Self.melody(bars: 0..<8) + Self.albertiBass(bars: 8..<16)
        #expect(TakeFault.all(in: Self.passage(notes)) == [.loop])
    }

    @Test func oneNoteAgainAndAgainIsALoop() {
        let notes = (0..<64).map { Self.note(60, Double($0), 1) }
        #expect(TakeFault.all(in: Self.passage(notes)) == [.loop])
    }

    @Test(arguments: [(2, true), (3, false)])
    func theLongestPeriodOfALoopIsTwoBars(bars: Int, isLoop: Bool) {
        let notes = (0..<64).map { Self.note(60 + ($0 % (4 * bars)) * 5 % 37, Double($0), 1) }
        #expect(EndlessLoop().isFound(in: Self.passage(notes)) == isLoop)
    }

    @Test func anAlbertiBassUnderAMelodyIsNoLoop() {
        let notes = Self.melody(bars: 0..<16) + Self.albertiBass(bars: 0..<16)
        #expect(TakeFault.all(in: Self.passage(notes)).isEmpty)
    }

    @Test func aLoopThatTheMusicLeavesIsNoEndlessOne() {
        let notes = Self.albertiBass(bars: 0..<14) + Self.melody(bars: 14..<16)
        #expect(!EndlessLoop().isFound(in: Self.passage(notes)))
    }

    @Test(arguments: [(4, true), (3, false)])
    func aLoopLastsFourBarsAtLeast(bars: Int, isLoop: Bool) {
        let start = 16 - bars
        let notes = Self.melody(bars: 0..<start) + Self.albertiBass(bars: start..<16)
        #expect(EndlessLoop().isFound(in: Self.passage(notes)) == isLoop)
    }

    @Test(arguments: [(16, true), (5, false)])
    func aNoteChangedNowAndThenDoesNotEndALoop(every: Int, isLoop: Bool) {
        let notes = Self.albertiBass(bars: 0..<16).enumerated().map { index, note in
            index % every == 0 ? Self.note(70 + index % 13, note.onset) : note
        }
        #expect(EndlessLoop().isFound(in: Self.passage(notes)) == isLoop)
        #expect(!EndlessLoop(agreement: 1).isFound(in: Self.passage(notes)))
    }

    @Test func aRepeatedRhythmWithOtherPitchesIsNoLoop() {
        #expect(!EndlessLoop().isFound(in: Self.passage(Self.melody(bars: 0..<16))))
    }

    @Test func silenceIsNoLoop() {
        #expect(!EndlessLoop().isFound(in: Self.passage([])))
    }

    @Test func noNoteAtAllIsSilence() {
        #expect(TakeFault.all(in: Self.passage([])) == [.silence])
    }

    @Test(arguments: [(1, false), (2, true)])
    func aRestOfMoreThanABarAndAHalfIsSilence(bars: Int, isSilence: Bool) {
        let notes = Self.melody(bars: 0..<7) + Self.melody(bars: 7 + bars..<16)
        #expect(LongSilence().isFound(in: Self.passage(notes)) == isSilence)
    }

    @Test func musicThatBeginsLateOrEndsEarlyIsSilent() {
        #expect(TakeFault.all(in: Self.passage(Self.melody(bars: 2..<16))) == [.silence])
        #expect(TakeFault.all(in: Self.passage(Self.melody(bars: 0..<14))) == [.silence])
    }

    @Test func aHeldNoteIsNoSilence() {
        let notes = Self.melody(bars: 0..<4) + [Self.note(40, 16, 32)] + Self.melody(bars: 12..<16)
        #expect(!LongSilence().isFound(in: Self.passage(notes)))
    }

    @Test(arguments: [(27, false), (28, true)])
    func moreThanTwentySevenNotesAQuarterAreAWall(notes: Int, isWall: Bool) {
        let bar = (0..<notes * 4).map {
            Self.note(30 + $0 % 50, 20 + Double($0) / Double(notes), 0.1)
        }
        #expect(WallOfNotes().isFound(in: Self.passage(bar)) == isWall)
    }

    @Test(arguments: [(8, false), (9, true)])
    func moreThanEightKeysHeldForTwoBarsAreAWall(keys: Int, isWall: Bool) {
        let chord = (0..<keys).map { Self.note(40 + 3 * $0, 13, 8) }
        #expect(WallOfNotes().isFound(in: Self.passage(chord)) == isWall)
    }

    @Test func aFullChordForABarIsNoWall() {
        let chord = (0..<10).map { Self.note(40 + 3 * $0, 13, 4) }
        #expect(!WallOfNotes().isFound(in: Self.passage(chord)))
    }
}
