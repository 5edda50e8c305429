import Decoding
import Networks
import Testing

/// What a stream has is values: copies go their own ways, on any thread.
@Suite struct ForkTests {
    private let model = HashedModel()

    /// A fork after some tokens goes on as a stream that read them all itself.
    @Test func aForkGoesOnFromWhereItWasCopied() {
        var (state, logits) = (model.initialState(streams: 1), [Float]())
        model.read([3, 1, 4], state: &state, logits: &logits)
        var forks = model.fork(state, streams: 2)
        model.step([5, 6], state: &forks, logits: &logits)
        for (row, last) in [5, 6].enumerated() {
            let read = ReadPrompt([3, 1, 4, last], by: model)
            #expect(model.select([row], from: forks) == read.state)
            #expect(Array(logits[row * 12..<(row + 1) * 12]) == read.logits)
        }
        #expect(state == ReadPrompt([3, 1, 4], by: model).state, "the original stays")
    }

    @Test func manyGenerationsStartFromOnePrompt() throws {
        let read = ReadPrompt([0, 5, 7, 3], by: model)
        func tokens() throws -> [[Int]] {
            try BatchGenerator(model: model, settings: .plain, tokenLimit: 20).generate(
                streams: 0..<3, after: read, constraint: NoThirds(last: 3), seed: 1
            ).map(\.tokens)
        }
        let first = try tokens()
        _ = try BeamSearch(model: model, settings: BeamSettings(), tokenLimit: 20).search(
            after: read, constraint: NoThirds(last: 3))
        #expect(try tokens() == first)
    }

    @Test func threadsShareOneModel() async throws {
        let read = ReadPrompt([0, 5, 7, 3], by: model)
        let settings = try SamplingSettings(
            temperature: 1.2, repetition: RepetitionSettings(noRepeat: 4))
        let generator = BatchGenerator(model: model, settings: settings, tokenLimit: 400)
        @Sendable func streams(_ seed: UInt64) throws -> [GeneratedStream] {
            try generator.generate(
                streams: 0..<3, after: read, constraint: NoConstraint(), seed: seed)
        }
        let apart = try (0..<4).map { try streams($0) }
        let together = try await withThrowingTaskGroup(of: (UInt64, [GeneratedStream]).self) {
            group in
            for seed in UInt64(0)..<4 { group.addTask { (seed, try streams(seed)) } }
            return try await group.reduce(into: [UInt64: [GeneratedStream]]()) { $0[$1.0] = $1.1 }
        }
        #expect((0..<4).map { together[$0] } == apart)
    }
}
