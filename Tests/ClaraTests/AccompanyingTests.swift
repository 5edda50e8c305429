import Clara
import Encodings
import Networks
import Testing

/// What holds for every accompaniment: a network of random weights will do.
@Suite struct AccompanyingTests {
    private let model: ModelBundle

    init() throws {
        model = try RandomModel.make(NotewiseEncoding(NoteGrid(ensemble: .duet)))
    }

    private func settings(seed: Int = 1) throws -> ContinuationSettings {
        try ContinuationSettings(length: .bars(1), takes: 2, sampling: .plain, seed: seed)
    }

    /// Of a flute, some of it below a violin's lowest string, with an upbeat and a triplet.
    private func melody() throws -> Score {
        let pitches = [72, 74, 50, 77, 76, 74, 72, 71]
        let notes = try pitches.enumerated().map { index, pitch in
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(160 + 320 * index),
                duration: Ticks(300), velocity: try #require(Velocity(81)))
        }
        return Score(parts: [Part(name: "Flute", program: 73, notes: notes)])
    }

    @Test(arguments: DuetRole.allCases)
    func whatIsGivenStaysAndAnotherPartComes(role: DuetRole) throws {
        let melody = try melody()
        let continuation = try Continuation(
            accompanying: melody, as: role, named: "melody", by: model, settings: settings())
        #expect(continuation.bars == 2)
        for take in try continuation.takes() {
            #expect(take.score.parts.count == 2)
            #expect(take.score.parts[0] == melody.parts[0])
            let new = take.score.parts[1]
            #expect(new.program == (role == .melody ? 0 : 40))
            #expect(new.notes.count == take.notes && take.notes > 0)
            #expect(take.end == Ticks(2 * 4 * 480) && take.score.end <= take.end)
        }
        for take in try continuation.takes(newOnly: true) {
            #expect(take.score.noteCount == take.notes)
        }
    }

    @Test func noPassageTwiceIsNotSaidOfWhatIsGiven() throws {
        let search = try BeamSettings(beams: 2, repetition: RepetitionSettings(noRepeat: 2))
        let settings = try ContinuationSettings(
            length: .bars(1), takes: 1, method: .beams(search))
        let takes = try Continuation(
            accompanying: melody(), as: .melody, named: "melody", by: model, settings: settings
        ).takes()
        #expect(takes.count == 1)
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
        #expect(throws: ContinuationError.noNotes(prompt: "nothing", drumNotes: 0)) {
            try Continuation(
                accompanying: Score(parts: []), as: .melody, named: "nothing", by: model,
                settings: settings())
        }
    }
}
