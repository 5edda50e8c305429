import Networks
import Tensors
import Testing

@Suite struct TransformerInferenceTests {
    typealias Example = TransformerInferenceExample

    /// Nats of each token by the training network, whose windows are 30 places long.
    private func trained(
        _ example: Example, _ weights: ParameterSet, _ tokens: [Int]
    ) throws -> [Double] {
        // One window at a time, of one place that has a target: its score is the token's.
        let model = LanguageModel(
            configuration: .transformer(try example.configuration()), weights: weights, steps: 30,
            streams: 1)
        var contexts: [any StreamContext] = [CountingContext()]
        var nats: [Double] = []
        var start = 0
        while start < tokens.count - 1 {
            let count = min(1 + nats.count % 30, tokens.count - 1 - start)
            var window = TokenWindow(
                inputs: tokens[start..<start + count].map { Int32($0) },
                targets: (0..<count).map { place in
                    place == count - 1 ? Int32(tokens[start + count]) : -1
                }, resetToken: 0)
            if tokens[start + count] == 0 { window.targets[count - 1] = -1 }
            if example.contexts > 0 {
                window.annotate(by: &contexts, vocabulary: Example.vocabulary)
                // Masks are the caller's affair when generating.
                window.allowed = []
            }
            nats += [Double](repeating: 0, count: count - 1) + [model.score(window)]
            start += count
        }
        return nats
    }

    /// Five pieces, together several windows long.
    private static let pieces = [3, 130, 1, 70, 340].enumerated().flatMap { index, count in
        Example.tokens(count, seed: UInt64(index))
    }

    private func largestError(
        _ example: Example, _ model: TransformerInference, _ weights: ParameterSet
    ) throws -> Double {
        let tokens = Self.pieces
        let expected = try trained(example, weights, tokens)
        let logits = Example.logits(model, after: tokens)
        #expect(expected.reduce(0, +) > 30)
        return expected.indices.map { place in
            guard expected[place] != 0 else { return 0 }
            let found = -ReferenceKernels.logSoftmax(logits[place])[tokens[place + 1]]
            return abs(found - expected[place])
        }.max() ?? 0
    }

    @Test(arguments: Example.all)
    func floatsAgreeWithTheTrainingNetworkThroughWindowsAndPieces(example: Example) throws {
        try example.withModel(.float32) { model, weights in
            let error = try largestError(example, model, weights)
            #expect(error < 1e-4)
        }
    }

    /// Keys and values are kept as 16-bit floats, 11 bits each.
    @Test(arguments: Example.all)
    func halvesAgreeWithTheTrainingNetwork(example: Example) throws {
        try example.withModel(.float16) { model, weights in
            let error = try largestError(example, model, weights)
            #expect(error < 0.02)
        }
    }

    @Test(arguments: Example.all)
    func bytesAreNearTheTrainingNetwork(example: Example) throws {
        try example.withModel(.int8) { model, weights in
            let error = try largestError(example, model, weights)
            #expect(error < 0.5)
        }
    }

    /// Lengths about the 64 places of a block, and a start token in a prompt's midst.
    @Test(arguments: WeightPrecision.allCases)
    func readingAPromptIsTakingItsSteps(precision: WeightPrecision) throws {
        for example in Example.all {
            try example.withModel(precision) { model, _ in
                for count in [1, 2, 63, 64, 65, 130, 300] {
                    let prompt =
                        Example.tokens(count, seed: 2) + Example.tokens(count / 2 + 1, seed: 3)
                    var state = model.initialState(streams: 1)
                    var logits: [Float] = []
                    model.read(prompt, state: &state, logits: &logits)
                    #expect(logits == Example.logits(model, after: prompt).last)
                    model.step([7], state: &state, logits: &logits)
                    model.read([3, 4, 5], state: &state, logits: &logits)
                    #expect(logits == Example.logits(model, after: prompt + [7, 3, 4, 5]).last)
                }
            }
        }
    }

    @Test(arguments: Example.all)
    func aPiecesStartForgetsAllBefore(example: Example) throws {
        try example.withModel { model, _ in
            let piece = Example.tokens(20, seed: 4)
            let after = Example.logits(model, after: Example.tokens(170, seed: 5) + piece)
            #expect(after.suffix(20) == Example.logits(model, after: piece)[...])
        }
    }

    @Test func nothingIsSeenBeyondTheWindow() throws {
        // A single layer: with more, older places are heard of through those between.
        try Example.all[0].withModel { model, _ in
            let end = Example.tokens(9, seed: 6).dropFirst()
            let (one, other) = (Example.tokens(70, seed: 7), Example.tokens(70, seed: 8))
            let logits = [one + end, other + end].map { Example.logits(model, after: $0) }
            for (place, (a, b)) in zip(logits[0], logits[1]).enumerated().dropFirst(70) {
                let difference = zip(a, b).map { abs($0 - $1) }.max() ?? 0
                #expect(place < 74 ? difference > 1e-3 : difference < 1e-5)
            }
        }
    }
}
