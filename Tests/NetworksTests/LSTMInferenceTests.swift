import Foundation
import Networks
import Tensors
import Testing

@Suite struct LSTMInferenceTests {
    typealias Shape = (embedding: Int, hidden: Int, layers: Int, contexts: Int)

    static let shapes: [Shape] = [(5, 9, 1, 0), (16, 16, 2, 5), (17, 33, 3, 0), (9, 20, 2, 5)]
    static let vocabulary = 23

    /// A network read from a file, and its 16-bit weights as 32-bit ones.
    private static func withNetwork(
        _ shape: Shape,
        _ body: (LSTMInference, ParameterSet) throws -> Void
    ) throws {
        let configuration = try LSTMConfiguration(
            vocabulary: vocabulary, embedding: shape.embedding, hidden: shape.hidden,
            layers: shape.layers, contexts: shape.contexts)
        let weights = configuration.randomWeights(seed: 9)
        var generator = SeededGenerator(seed: 10)
        for index in 0..<weights.count { weights.buffer.base[index] += 0.3 * generator.normal() }
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            try SafetensorsFile.write(weights.tensors(as: .float16), metadata: [:], to: path)
            let file = try SafetensorsFile(path: path)
            try weights.load(from: file, as: .float16)
            let model = try LSTMInference(
                configuration: configuration,
                context: shape.contexts > 0 ? CountingContext() : nil, file: file)
            try body(model, weights)
        }
    }

    private static func tokens(_ count: Int, seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        return [0] + (1..<count).map { _ in Int.random(in: 1..<vocabulary, using: &generator) }
    }

    /// Token by token from nothing: the logits after each.
    private static func logits(_ model: LSTMInference, after tokens: [Int]) -> [[Float]] {
        var state = model.initialState(streams: 1)
        return tokens.map { token in
            var logits: [Float] = []
            model.step([token], state: &state, logits: &logits)
            return logits
        }
    }

    @Test(arguments: shapes)
    func agreesWithTheTrainingNetworkOnTheSameWeights(
        shape: Shape
    ) throws {
        try Self.withNetwork(shape) { model, weights in
            let tokens = Self.tokens(101, seed: 1)
            let trained = LanguageModel(
                configuration: .lstm(model.configuration), weights: weights, steps: 20, streams: 1)
            var expected = 0.0
            var contexts: [any StreamContext] = [CountingContext()]
            for start in stride(from: 0, to: 100, by: 20) {
                var window = TokenWindow(
                    inputs: tokens[start..<start + 20].map { Int32($0) },
                    targets: tokens[start + 1..<start + 21].map { Int32($0) }, resetToken: 0)
                if shape.contexts > 0 {
                    window.annotate(by: &contexts, vocabulary: Self.vocabulary)
                    // Masks are the caller's affair when generating.
                    window.allowed = []
                }
                expected += trained.score(window)
            }
            let logits = Self.logits(model, after: tokens.dropLast())
            let found = zip(logits, tokens.dropFirst()).reduce(0.0) {
                $0 - ReferenceKernels.logSoftmax($1.0)[$1.1]
            }
            #expect(expected > 100)
            #expect(abs(found - expected) < 1e-3)
        }
    }

    /// Lengths about the block of 64 tokens that a prompt is read in.
    @Test(arguments: [1, 2, 3, 5, 63, 64, 65, 130])
    func readingAPromptIsTakingItsSteps(count: Int) throws {
        for shape in Self.shapes {
            try Self.withNetwork(shape) { model, _ in
                let prompt = Self.tokens(count, seed: 2)
                var state = model.initialState(streams: 1)
                var logits: [Float] = []
                model.read(prompt, state: &state, logits: &logits)
                #expect(logits == Self.logits(model, after: prompt).last)
                model.step([7], state: &state, logits: &logits)
                #expect(logits == Self.logits(model, after: prompt + [7]).last)
            }
        }
    }

    /// Bit for bit: a take is the same however many share its batch.
    @Test(arguments: shapes)
    func aStreamDoesNotDependOnItsCompany(shape: Shape) throws {
        try Self.withNetwork(shape) { model, _ in
            let streams = (0..<9).map { Self.tokens(12, seed: 20 + $0) }
            let alone = streams.map { Self.logits(model, after: $0) }
            for count in 1...9 {
                var state = model.initialState(streams: count)
                var logits: [Float] = []
                for step in 0..<12 {
                    model.step(streams[..<count].map { $0[step] }, state: &state, logits: &logits)
                    #expect(logits == alone[..<count].flatMap { $0[step] })
                }
            }
        }
    }

    @Test func forkedStreamsGoTheirOwnWaysFromThePrompt() throws {
        try Self.withNetwork(Self.shapes[2]) { model, _ in
            let prompt = Self.tokens(30, seed: 3)
            var first = model.initialState(streams: 1)
            var logits: [Float] = []
            model.read(prompt, state: &first, logits: &logits)
            var batch = model.fork(first, streams: 3)
            #expect(batch.streams == 3)
            model.step([4, 5, 6], state: &batch, logits: &logits)
            model.step([7, 8, 9], state: &batch, logits: &logits)
            let expected = [[4, 7], [5, 8], [6, 9]].compactMap {
                Self.logits(model, after: prompt + $0).last
            }
            #expect(logits == expected.flatMap { $0 })
            // What was forked stays where it was.
            model.step([11], state: &first, logits: &logits)
            #expect(logits == Self.logits(model, after: prompt + [11]).last)
        }
    }

    @Test func selectionKeepsReordersAndRepeatsStreams() throws {
        try Self.withNetwork(Self.shapes[1]) { model, _ in
            var state = model.initialState(streams: 4)
            var logits: [Float] = []
            model.step([1, 2, 3, 4], state: &state, logits: &logits)
            var selected = model.select([3, 1, 1], from: state)
            #expect(selected.streams == 3)
            model.step([5, 6, 7], state: &selected, logits: &logits)
            let expected = [[4, 5], [2, 6], [2, 7]].compactMap {
                Self.logits(model, after: $0).last
            }
            #expect(logits == expected.flatMap { $0 })
        }
    }

    @Test func aCopiedStateIsAFork() throws {
        try Self.withNetwork(Self.shapes[0]) { model, _ in
            var one = model.initialState(streams: 1)
            var logits: [Float] = []
            model.step([1], state: &one, logits: &logits)
            var other = one
            model.step([2], state: &one, logits: &logits)
            model.step([3], state: &other, logits: &logits)
            #expect(logits == Self.logits(model, after: [1, 3]).last)
        }
    }
}
