import Clara
import Encodings
import Score
import Testing

/// What classifiers read of a piece.
@Suite struct PassageCutterTests {
    private static let cutter = PassageCutter(
        encoding: BarwiseEncoding(NoteGrid(range: .keys88)), bars: 4)
    private static let bar = 4 * 480

    /// A note on each quarter of the bars, which are counted from 0.
    private func piece(
        _ bars: [Int], velocity: Velocity = .mezzoForte, tempo: Int = 500_000,
        pedals: [Pedal] = []
    ) throws -> Score {
        var notes: [Note] = []
        for bar in bars {
            for beat in 0..<4 {
                let pitch = try #require(Pitch(60 + (bar + 2 * beat) % 12))
                let onset = Ticks(bar * Self.bar + beat * 480)
                notes.append(
                    Note(pitch: pitch, onset: onset, duration: Ticks(480), velocity: velocity))
            }
        }
        return Score(
            tempoMap: TempoMap([.init(tick: .zero, microsecondsPerQuarter: tempo)]),
            parts: [Part(notes: notes, pedals: pedals)])
    }

    private func bars(_ score: Score, atMost limit: Int = 256) -> [ClosedRange<Int>] {
        Self.cutter.passages(of: score, atMost: limit).map(\.bars)
    }

    @Test func passagesTileThePiece() throws {
        #expect(bars(try piece(Array(0..<12))) == [1...4, 5...8, 9...12])
    }

    @Test func anEndOfHalfThePassageCountsAndAShorterOneDoesNot() throws {
        #expect(bars(try piece(Array(0..<10))) == [1...4, 5...8, 9...10])
        #expect(bars(try piece(Array(0..<9))) == [1...4, 5...8])
        #expect(bars(try piece([0])) == [1...1])
    }

    @Test func barsWithoutNotesAreSkipped() throws {
        #expect(
            bars(try piece([0, 1, 2, 3, 1_000_000, 1_000_001])) == [1...4, 1_000_001...1_000_002])
    }

    @Test func ofManyPassagesSomeAtEqualDistancesAreTaken() throws {
        #expect(bars(try piece(Array(0..<48)), atMost: 3) == [9...12, 25...28, 41...44])
    }

    @Test func aPassageIsWhatItIsAloneAndNothingOfItsNeighbours() throws {
        let whole = Self.cutter.passages(of: try piece(Array(0..<8)))
        let alone = Self.cutter.passages(of: try piece(Array(0..<4)))
        #expect(whole[0].tokens == alone[0].tokens)
        #expect(whole[0].tokens != whole[1].tokens)
    }

    @Test func onlyTheRangeIsCut() throws {
        let score = try piece(Array(0..<12))
        let range = Ticks(4 * Self.bar)..<Ticks(8 * Self.bar)
        let found = Self.cutter.passages(of: score, in: range)
        #expect(found == [Self.cutter.passages(of: score)[1]])
    }

    @Test func loudnessTempoAndPedalAreNotHeard() throws {
        let plain = try piece(Array(0..<4))
        let played = try piece(
            Array(0..<4), velocity: try #require(Velocity(20)), tempo: 900_000,
            pedals: [Pedal(down: .zero, up: Ticks(Self.bar))])
        #expect(Self.cutter.passages(of: plain) == Self.cutter.passages(of: played))
    }

    @Test func silenceHasNoPassages() {
        #expect(Self.cutter.passages(of: Score(parts: [])).isEmpty)
    }
}
