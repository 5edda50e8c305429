import Clara
import Encodings
import Networks
import Testing

/// What holds for every accompaniment: a network of random weights will do.
@Suite struct AccompanyingTests {
    private let model: ModelBundle
    /// Notewise, and barwise.
    private let models: [ModelBundle]

    init() throws {
        let grid = NoteGrid(ensemble: .duet)
        models = [
            try RandomModel.make(NotewiseEncoding(grid)),
            try RandomModel.make(BarwiseEncoding(grid)),
        ]
        model = models[0]
    }

    private func settings(seed: Int = 1) throws -> ContinuationSettings {
        try ContinuationSettings(length: .bars(1), takes: 2, sampling: .plain, seed: seed)
    }

    /// Of a flute, some of it below a violin's lowest string, with an upbeat and a triplet, at a tempo that no word
    /// has.
    private func melody() throws -> Score {
        let pitches = [72, 74, 50, 77, 76, 74, 72, 71]
        let notes = try pitches.enumerated().map { index, pitch in
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(160 + 320 * index),
                duration: Ticks(300), velocity: try #require(Velocity(81)))
        }
        return Score(
            tempoMap: TempoMap([.init(tick: .zero, microsecondsPerQuarter: 517_000)]),
            meterMap: MeterMap([.init(tick: .zero, meter: try #require(Meter(3, 4)))]),
            parts: [Part(name: "Flute", program: 73, notes: notes)])
    }

    @Test(arguments: DuetRole.allCases, 0..<2)
    func whatIsGivenStaysAndAnotherPartComes(role: DuetRole, model: Int) throws {
        let melody = try melody()
        let continuation = try Continuation(
            accompanying: melody, as: role, named: "melody", by: models[model],
            settings: settings())
        #expect(continuation.bars == 2)
        for take in try continuation.takes() {
            #expect(take.score.parts.count == 2)
            #expect(take.score.parts[0] == melody.parts[0])
            #expect(take.score.tempoMap == melody.tempoMap)
            #expect(take.score.meterMap == melody.meterMap)
            let new = take.score.parts[1]
            #expect(new.program == (role == .melody ? 0 : 40))
            #expect(new.notes.count == take.notes && take.notes > 0)
            #expect(take.end == Ticks(2 * 3 * 480) && take.score.end <= take.end)
        }
        for take in try continuation.takes(newOnly: true) {
            #expect(take.score.noteCount == take.notes)
        }
    }

    @Test func aSearchDoesNotAccompany() throws {
        let settings = try ContinuationSettings(
            length: .bars(1), takes: 1, method: .beams(BeamSettings(beams: 2)))
        #expect(throws: ContinuationError.searchBesideGiven) {
            try Continuation(
                accompanying: melody(), as: .melody, named: "melody", by: model, settings: settings)
        }
    }

    @Test func aTakesTextTellsWhatWasGiven() throws {
        let takes = try Continuation(
            accompanying: melody(), as: .accompaniment, named: "melody", by: model,
            settings: settings()
        ).takes()
        let told = "\"as\":\"accompaniment\""
        #expect(takes.allSatisfy { $0.score.texts.contains { $0.contains(told) } })
        // What is given is not Clara's, wherever it stands.
        #expect(takes.allSatisfy { TakeSettings.seam(of: $0.score) == nil && $0.start == .zero })
    }

    @Test func aModelOfOneInstrumentCannotAccompany() throws {
        let piano = try RandomModel.make()
        #expect(
            throws: ContinuationError.noDuet(model: piano.path, encoding: "notewise-62-12")
        ) {
            try Continuation(
                accompanying: melody(), as: .melody, named: "melody", by: piano,
                settings: settings())
        }
    }

    private func error(
        _ score: Score, as role: DuetRole, by model: ModelBundle? = nil
    ) -> ContinuationError? {
        let error = #expect(throws: ContinuationError.self) {
            try Continuation(
                accompanying: score, as: role, named: "x.mid", by: model ?? self.model,
                settings: settings())
        }
        return error
    }

    @Test func whatCannotBeAccompaniedIsToldInItsWords() throws {
        let notes = try melody().parts[0].notes
        #expect(
            error(Score(parts: []), as: .melody)?.description
                == "x.mid: has no notes; give the melody that the other part is for")
        #expect(
            error(Score(parts: [Part(isDrums: true, notes: notes)]), as: .accompaniment)?
                .description
                == "x.mid: has only drums, to which Clara writes no other part; give the accompaniment"
        )
        // The last one is later than a text can be.
        for (quarter, model) in [(5_000, models[0]), (90_000, models[1])] {
            let last = Note(
                pitch: notes[0].pitch, onset: Ticks(480 * quarter), duration: Ticks(480))
            let melody = Score(parts: [Part(program: 40, notes: notes + [last])])
            #expect(
                error(melody, as: .melody, by: model)?.description.contains(
                    "most; give a part of it") == true)
        }
    }

    @Test(arguments: DuetRole.allCases)
    func aWholeDuetHasThePartAlready(role: DuetRole) throws {
        let notes = try melody().parts[0].notes
        let duet = Score(parts: [
            Part(name: "Voice", program: 52, notes: notes), Part(program: 0, notes: notes),
        ])
        #expect(
            error(duet, as: role)?.description
                == "x.mid: has both parts of a duet already (Voice, Acoustic Grand Piano); give a file "
                + "with the \(role.rawValue) alone, or go on from both with clara continue --model "
                + model.path)
    }

    @Test func partsOfOneKindAreReadAsOneAndNamed() throws {
        let notes = try melody().parts[0].notes
        let left = try notes.map {
            Note(
                pitch: try #require(Pitch($0.pitch.number - 12)), onset: $0.onset,
                duration: $0.duration)
        }
        let hands = Score(parts: [Part(name: "right", notes: notes), Part(notes: left)])
        let continuation = try Continuation(
            accompanying: hands, as: .accompaniment, named: "hands", by: model, settings: settings()
        )
        #expect(continuation.givenParts == ["right", "Acoustic Grand Piano"])
        let prompt = try Continuation(
            of: hands, named: "hands", by: model, settings: settings())
        #expect(prompt.givenParts.isEmpty)
    }
}
