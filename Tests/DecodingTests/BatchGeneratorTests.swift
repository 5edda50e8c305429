import Decoding
import Foundation
import Networks
import Tensors
import Testing

@Suite struct BatchGeneratorTests {
    private let model = HashedModel()
    private let prompt = [0, 5, 7, 3]

    private func generator(
        _ settings: SamplingSettings = .plain, tokenLimit: Int = 40
    ) -> BatchGenerator<HashedModel> {
        BatchGenerator(model: model, settings: settings, tokenLimit: tokenLimit)
    }

    @Test func theSameSeedGivesTheSameStreams() throws {
        let read = ReadPrompt(prompt, by: model)
        let runs = try [7, 7, 8].map {
            try generator().generate(
                streams: 0..<4, after: read, constraint: NoConstraint(), seed: $0)
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].map(\.tokens) != runs[2].map(\.tokens))
        #expect(Set(runs[0].map(\.tokens)).count == 4)
        #expect(runs[0].allSatisfy { $0.tokens.count == 40 && $0.end == .tokenLimit })
    }

    /// With a constraint that ends streams at different times, so that the batch shrinks.
    @Test func aStreamIsTheSameInAnyBatch() throws {
        let read = ReadPrompt(prompt, by: model)
        let settings = try SamplingSettings(temperature: 1.2, topK: 9, choiceFrequency: 0.9)
        func streams(_ numbers: Range<Int>) throws -> [GeneratedStream] {
            try generator(settings).generate(
                streams: numbers, after: read, constraint: NoThirds(last: 3), seed: 11)
        }
        let many = try streams(0..<24)
        #expect(Set(many.map(\.tokens.count)).count > 5)
        #expect(many.map(\.number) == Array(0..<24))
        for number in 0..<24 {
            #expect(try streams(number..<number + 1) == [many[number]])
        }
        #expect(try streams(0..<3) == Array(many[..<3]))
        #expect(try streams(5..<12) == Array(many[5..<12]))
    }

    /// Each token, its mask and its probability worked out one by one beside the batch.
    @Test func aStreamIsWhatTheModelAndTheSamplerSayOneByOne() throws {
        let settings = try SamplingSettings(temperature: 0.8, topP: 0.9)
        let streams = try generator(settings).generate(
            streams: 0..<6, after: ReadPrompt(prompt, by: model), constraint: NoThirds(last: 3),
            seed: 3)
        for stream in streams {
            var sampler = Sampler(settings)
            var random = SeededGenerator(seed: 3, stream: UInt64(stream.number))
            var state = model.initialState(streams: 1)
            var logits: [Float] = []
            var constraint = NoThirds(last: 3)
            var sum = 0.0
            model.read(prompt, state: &state, logits: &logits)
            for token in stream.tokens {
                logits.withUnsafeMutableBufferPointer { constraint.mask($0) }
                let choice = try #require(try sampler.sample(from: logits, using: &random))
                #expect(choice.token == token)
                sum += Double(choice.logProbability)
                constraint.advance(token)
                model.step([token], state: &state, logits: &logits)
            }
            #expect(abs(stream.logProbability - sum) < 1e-9)
            #expect(constraint.isFinished == (stream.end == .finished))
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func theConstraintIsNeverBroken(seed: UInt64) throws {
        let settings = try SamplingSettings(
            temperature: 5, topK: seed % 2 == 0 ? 3 : nil,
            choiceFrequency: seed % 3 == 0 ? 0.5 : nil)
        let streams = try generator(settings, tokenLimit: 100).generate(
            streams: 0..<8, after: ReadPrompt([Int(seed % 12), 3], by: model),
            constraint: NoThirds(last: 3), seed: seed)
        for stream in streams {
            var constraint = NoThirds(last: 3)
            for token in stream.tokens {
                #expect(!constraint.isFinished)
                #expect(constraint.allows(token))
                constraint.advance(token)
            }
            #expect(constraint.isFinished == (stream.end == .finished))
            #expect(stream.logProbability < 0)
        }
        #expect(streams.contains { $0.end == .finished })
    }

    @Test func choiceFrequencyZeroIsGreedyWhateverTheSeed() throws {
        let read = ReadPrompt(prompt, by: model)
        let streams = try [1, 2].flatMap {
            try generator(.greedy).generate(
                streams: 0..<2, after: read, constraint: NoConstraint(), seed: $0)
        }
        #expect(Set(streams.map(\.tokens)).count == 1)
        let best = read.logits.indices.max { read.logits[$0] < read.logits[$1] }
        #expect(streams[0].tokens.first == best)
    }

    @Test func aStreamWithoutALegalTokenEndsAndSaysSo() throws {
        let streams = try generator().generate(
            streams: 0..<3, after: ReadPrompt(prompt, by: model), constraint: EachTokenOnce(),
            seed: 1)
        for stream in streams {
            #expect(stream.end == .nothingAllowed)
            #expect(stream.tokens.sorted() == Array(0..<12))
        }
    }

    @Test func nothingIsWrittenWhereThereIsNoRoom() throws {
        let read = ReadPrompt(prompt, by: model)
        let full = try generator().generate(
            streams: 0..<2, after: read, constraint: NoRoom(), seed: 1)
        #expect(full.map(\.end) == [.finished, .finished])
        let limited = try generator(tokenLimit: 0).generate(
            streams: 0..<2, after: read, constraint: NoConstraint(), seed: 1)
        #expect(limited.map(\.end) == [.tokenLimit, .tokenLimit])
        #expect((full + limited).allSatisfy { $0.tokens.isEmpty && $0.logProbability == 0 })
        let none = try generator().generate(
            streams: 0..<0, after: read, constraint: NoConstraint(), seed: 1)
        #expect(none.isEmpty)
    }

    @Test func cancellingKeepsWhatIsWritten() throws {
        var steps = 0
        let streams = try generator().generate(
            streams: 0..<3, after: ReadPrompt(prompt, by: model), constraint: NoConstraint(),
            seed: 1,
            isCancelled: {
                steps += 1
                return steps > 10
            })
        #expect(streams.allSatisfy { $0.end == .cancelled && $0.tokens.count == 10 })
        let whole = try generator().generate(
            streams: 0..<3, after: ReadPrompt(prompt, by: model), constraint: NoConstraint(),
            seed: 1)
        #expect(streams.map(\.tokens) == whole.map { Array($0.tokens.prefix(10)) })
    }

    @Test func aCancelledTaskStopsItsGeneration() async throws {
        let (model, prompt) = (model, prompt)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try BatchGenerator(model: model, settings: .plain, tokenLimit: 40).generate(
                streams: 0..<2, after: ReadPrompt(prompt, by: model), constraint: NoConstraint(),
                seed: 1)
        }
        #expect(try await task.value.map(\.end) == [.cancelled, .cancelled])
    }

    @Test func eventsTellTheWholeStory() throws {
        var events: [GenerationEvent] = []
        let streams = try generator().generate(
            streams: 2..<7, after: ReadPrompt(prompt, by: model), constraint: NoThirds(last: 3),
            seed: 5
        ) { events.append($0) }
        for stream in streams {
            let own = events.compactMap { event -> (token: Int, logProbability: Float)? in
                guard case .chose(stream.number, let token, let logProbability) = event else {
                    return nil
                }
                return (token, logProbability)
            }
            #expect(own.map(\.token) == stream.tokens)
            let sum = own.reduce(0) { $0 + Double($1.logProbability) }
            #expect(abs(sum - stream.logProbability) < 1e-9)
            let end = GenerationEvent.ended(
                stream: stream.number, tokens: stream.tokens.count, stream.end)
            #expect(events.filter { $0 == end }.count == 1)
        }
    }

    @Test func logitsThatAreNoNumbersAreErrorsWithTheirPlace() throws {
        let failing = HashedModel(failsAt: 9)
        let error = try #require(throws: GenerationError.self) {
            try BatchGenerator(model: failing, settings: .plain, tokenLimit: 40).generate(
                streams: 3..<5, after: ReadPrompt(prompt, by: failing), constraint: NoConstraint(),
                seed: 1)
        }
        #expect(error.stream == 3)
        #expect(error.position == 5)
        #expect(error.description.hasSuffix("(stream 3, after 5 tokens)"))
    }
}
