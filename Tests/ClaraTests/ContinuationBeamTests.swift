import Clara
import Encodings
import Foundation
import Testing

/// Continuing by beam search, and from several threads, with a network of random weights.
@Suite struct ContinuationBeamTests {
    private let model: ModelBundle
    private let prompt: Score

    init() throws {
        model = try RandomModel.make()
        let notes = try [60, 64, 67, 64].enumerated().map { index, pitch in
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(480 * index), duration: Ticks(480))
        }
        prompt = Score(parts: [Part(notes: notes)])
    }

    private func continuation(
        _ search: BeamSettings, takes: Int = 1, bars: Int = 1
    ) throws -> Continuation {
        try Continuation(
            of: prompt, named: "prompt", by: model,
            settings: ContinuationSettings(
                length: .bars(bars), takes: takes, method: .beams(search)))
    }

    @Test func takesAreDistinctAndEndOnTheBarLine() throws {
        let search = try BeamSettings(beams: 8, expansions: 3, groups: 2)
        let takes = try continuation(search, takes: 4).takes()
        #expect(takes.count == 4)
        #expect(takes.map(\.origin) == (1...4).map { .beam($0) })
        #expect(takes.allSatisfy { $0.seed == nil && $0.end == Ticks(2 * 1920) })
        #expect(Set(takes.map { $0.score.parts[0].notes }).count == 4)
        for take in takes {
            #expect(Array(take.score.parts[0].notes.prefix(4)) == prompt.parts[0].notes)
            #expect(take.score.end <= take.end)
        }
    }

    @Test func aTakeIsTheSameWhateverTheirNumber() throws {
        let search = try BeamSettings(beams: 6, groups: 3)
        let many = try continuation(search, takes: 5).takes()
        let few = try continuation(search, takes: 2).takes()
        #expect(few.map(\.score) == many.prefix(2).map(\.score))
    }

    /// Half an empty bar can be waited for in many ways, all of them the same music.
    @Test func beamsThatTellTheSameNotesAreOneTake() throws {
        let search = try BeamSettings(beams: 64, expansions: 64)
        let takes = try continuation(search, takes: 64).takes()
        #expect(takes.count < 64)
        #expect(Set(takes.map { $0.score.parts[0].notes }).count == takes.count)
        #expect(takes.map(\.beam) == (1...takes.count).map { $0 })
    }

    @Test func fileSaysHowToMakeTheTakeAgain() throws {
        let search = try BeamSettings(
            beams: 6, expansions: 4, groups: 3, diversity: 0.75, lengthPenalty: 0.5,
            repetition: RepetitionSettings(penalty: 1.25, noRepeat: 9, repeats: 2))
        let text = try #require(try continuation(search, takes: 2).takes()[1].score.texts.last)
        let expected =
            #"Clara {"bars":1,"beam":2,"beamGroups":3,"beams":6,"diversity":0.75,"expand":4,"#
            + #""lengthPenalty":0.5,"maximumNotesAtOnce":10,"model":"\#(model.hash)","noRepeat":9,"#
            + #""precision":"float16","repeats":2,"repetitionPenalty":1.25,"seam":1920}"#
        #expect(text == expected)
    }

    @Test func sampledTakesTellWhatIsDoneAboutRepetition() throws {
        let sampling = try SamplingSettings(
            temperature: 0.5, repetition: RepetitionSettings(noRepeat: 12))
        let settings = try ContinuationSettings(
            length: .bars(1), takes: 1, sampling: sampling, seed: 3)
        let take = try Continuation(
            of: prompt, named: "prompt", by: model, settings: settings
        ).takes()[0]
        #expect(
            take.score.texts.last
                == #"Clara {"bars":1,"maximumNotesAtOnce":10,"model":"\#(model.hash)","#
                + #""noRepeat":12,"precision":"float16","seam":1920,"seed":3,"temperature":0.5}"#)
    }

    @Test func progressGoesUpToTheEnd() throws {
        var shares: [Double] = []
        _ = try continuation(BeamSettings(), bars: 4).takes { shares.append($0) }
        #expect(shares == shares.sorted() && shares.count > 4)
        #expect(shares.allSatisfy { (0...1).contains($0) })
    }

    @Test func aCancelledTaskGetsNoTakes() async throws {
        let continuation = try continuation(BeamSettings())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try continuation.takes()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func moreTakesThanBeamsAreRefused() throws {
        let error = try #require(throws: OutOfRange.self) {
            try continuation(BeamSettings(beams: 3), takes: 4)
        }
        #expect(error.description == "--takes must be at most the number of --beams, 3, not 4")
    }

    /// Decoders share the model's mapped weights and the prompt that was read once.
    @Test func threadsDoNotDisturbEachOther() async throws {
        let (prompt, model) = (prompt, model)
        let sampled = try (0..<3).map { seed in
            try Continuation(
                of: prompt, named: "prompt", by: model,
                settings: ContinuationSettings(
                    length: .bars(8), takes: 2, sampling: .plain, seed: 10 * seed))
        }
        let all = sampled + [try continuation(BeamSettings(), bars: 2)]
        let apart = try all.map { try $0.takes().map(\.score) }
        let together = try await withThrowingTaskGroup(of: (Int, [Score]).self) { group in
            for (index, continuation) in all.enumerated() {
                group.addTask { (index, try continuation.takes().map(\.score)) }
            }
            return try await group.reduce(into: [Int: [Score]]()) { $0[$1.0] = $1.1 }
        }
        #expect((0..<4).map { together[$0] } == apart)
    }
}
