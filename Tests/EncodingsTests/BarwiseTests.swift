import Encodings
import Score
import Testing

/// Barwise text against what the documentation says of it.
@Suite struct BarwiseTests {
    private static let encoding = BarwiseEncoding(NoteGrid(range: .keys88))

    private static func meter(_ numerator: Int, _ denominator: Int, at tick: Int) throws
        -> MeterMap.Change
    {
        .init(tick: Ticks(tick), meter: try #require(Meter(numerator, denominator)))
    }

    /// An upbeat of a quarter, then a bar of 3/4 and one of 6/8; slower from the second bar on, with the
    /// pedal over its first beat.
    private static func piece() throws -> Score {
        func loud(_ pitch: Int, _ onset: Int, _ duration: Int, _ velocity: Int) throws -> Note {
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(onset), duration: Ticks(duration),
                velocity: try #require(Velocity(velocity)))
        }
        return Score(
            tempoMap: TempoMap([
                .init(tick: .zero, microsecondsPerQuarter: 500_000),
                .init(tick: Ticks(1920), microsecondsPerQuarter: 1_000_000),
            ]),
            meterMap: MeterMap([
                try meter(3, 4, at: 0), try meter(3, 4, at: 480), try meter(6, 8, at: 1920),
            ]),
            parts: [
                Part(
                    notes: [
                        try loud(60, 0, 480, 80), try loud(64, 480, 240, 80),
                        try loud(55, 480, 1440, 40), try loud(72, 1920, 720, 100),
                    ], pedals: [Pedal(down: Ticks(1920), up: Ticks(2400))])
            ])
    }

    @Test func aTextIsTheDocumentedOne() throws {
        let text = Self.encoding.text(for: Self.encoding.encode(try Self.piece()).tokens)
        #expect(
            text == "bar meter-3/4 cut12 pos0 tempo31 vel20 p39 len12 "
                + "bar pos0 vel10 p34 len36 vel20 p43 len6 "
                + "bar meter-6/8 pos0 ped tempo19 vel25 p51 len18 pos12 endped")
    }

    /// Two instruments, each in its own loudness, need no word where they take turns.
    @Test func aDuetsInstrumentsHaveTheirOwnVelocities() throws {
        func loud(_ pitch: Int, _ onset: Int, _ velocity: Int) throws -> Note {
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(onset), duration: Ticks(480),
                velocity: try #require(Velocity(velocity)))
        }
        let violin = Part(program: 40, notes: [try loud(72, 0, 80), try loud(74, 480, 80)])
        let piano = Part(notes: [try loud(48, 0, 40), try loud(50, 480, 40), try loud(52, 960, 60)])
        let encoding = BarwiseEncoding(NoteGrid(range: .keys88, ensemble: .duet))
        let (tokens, _) = encoding.encode(Score(parts: [violin, piano]))
        #expect(
            encoding.text(for: tokens)
                == "bar meter-4/4 pos0 tempo31 vvel20 v51 len12 pvel10 p27 len12 "
                + "pos12 v53 len12 p29 len12 pos24 pvel15 p31 len12")
        let music = encoding.music(of: tokens)
        #expect(music.parts.map(\.notes) == [violin.notes, piano.notes])
        let repairs = encoding.decode(
            try encoding.tokens(fromText: "bar meter-4/4 pos0 vvel20 p27 len12 v51 len12"),
            ticksPerQuarter: 480, rule: .unlimited
        ).report.repairs
        #expect(!repairs.isEmpty, "a violin's velocity before a piano's note")
    }

    @Test func tempoMeterVelocityAndPedalSurvive() throws {
        let piece = try Self.piece()
        let music = Self.encoding.music(of: Self.encoding.encode(piece).tokens)
        #expect(music.meterMap == piece.meterMap)
        #expect(music.parts[0].pedals == piece.parts[0].pedals)
        #expect(music.parts[0].notes == piece.parts[0].notes)
        #expect(music.tempoMap.changes.map(\.tick) == piece.tempoMap.changes.map(\.tick))
        for (told, played) in zip(music.tempoMap.changes, piece.tempoMap.changes) {
            let ratio =
                Double(told.microsecondsPerQuarter) / Double(played.microsecondsPerQuarter)
            #expect(abs(ratio - 1) < 0.03)
        }
    }

    /// Of 48 tempos and 32 velocities none is farther than half the way to the next.
    @Test func temposAndVelocitiesAreRoundedToTheNearest() throws {
        for tempo in stride(from: 21.0, through: 290, by: 1.7) {
            for velocity in stride(from: 1, through: 127, by: 9) {
                let score = Score(
                    tempoMap: TempoMap([
                        .init(tick: .zero, microsecondsPerQuarter: Int(60e6 / tempo))
                    ]),
                    parts: [
                        Part(notes: [
                            Note(
                                pitch: try #require(Pitch(60)), onset: .zero, duration: Ticks(480),
                                velocity: try #require(Velocity(velocity)))
                        ])
                    ])
                let music = Self.encoding.music(of: Self.encoding.encode(score).tokens)
                let told = 60e6 / Double(music.tempoMap.changes[0].microsecondsPerQuarter)
                #expect(abs(told / tempo - 1) < 0.031)
                #expect(abs(music.parts[0].notes[0].velocity.value - velocity) <= 3)
            }
        }
    }

    @Test func aTempoCurveIsToldByQuartersAndTakesItsTime() {
        let curve = TempoMap(
            (0..<64).map {
                .init(tick: Ticks($0 * 120), microsecondsPerQuarter: 400_000 + 9_000 * $0)
            })
        let score = Score(
            tempoMap: curve, parts: [Part(notes: (0..<16).map { note(60, at: $0 * 480, for: 480) })]
        )
        let music = Self.encoding.music(of: Self.encoding.encode(score).tokens)
        #expect(abs(music.seconds / score.seconds - 1) < 0.01)
        #expect(music.tempoMap.changes.allSatisfy { $0.tick.count % 480 == 0 })
    }

    @Test func aMeterWithoutAWordIsCommonTimeAndReported() throws {
        let score = Score(
            meterMap: MeterMap([try Self.meter(3, 32, at: 0)]),
            parts: [Part(notes: [note(60, at: 0, for: 480)])])
        let (tokens, report) = Self.encoding.encode(score)
        #expect(Self.encoding.text(for: tokens).hasPrefix("bar meter-4/4 pos0"))
        #expect(report[.unknownMeter] == 1)
    }

    /// However long the rest, a text ends.
    @Test func aRestIsNoLongerThanATextCanBe() {
        var tokens: [Int] = []
        Self.encoding.extend(&tokens, toStep: .max)
        #expect(Self.encoding.steps(of: tokens) == NoteGrid.mostSteps)
    }

    @Test func lengthsUpToEightQuartersAreExact() {
        for steps in 1...96 {
            let score = Score(parts: [Part(notes: [note(60, at: 0, for: steps * 40)])])
            let (tokens, report) = Self.encoding.encode(score)
            #expect(Self.encoding.music(of: tokens).parts[0].notes[0].duration.count == steps * 40)
            #expect(report[.roundedLength] == 0)
        }
        let long = Score(parts: [Part(notes: [note(60, at: 0, for: 480 * 40)])])
        #expect(Self.encoding.encode(long).report[.roundedLength] == 1)
    }

    @Test func wordsOutOfPlaceAreIgnoredAndReported() throws {
        let tokens = try Self.encoding.tokens(
            fromText: "pos3 p5 bar pos0 len4 bar meter-4/4 pos50 pos4 vel20 p9 pos8 p10 len12")
        let (music, report) = Self.encoding.decode(
            tokens, ticksPerQuarter: 480, rule: .unlimited)
        #expect(music.parts[0].notes.map(\.pitch.number) == [31])
        #expect(report[.lengthless] == 1 && report[.misplaced] == 6)
    }
}
