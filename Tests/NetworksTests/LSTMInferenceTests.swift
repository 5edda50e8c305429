import Foundation
import Networks
import Tensors
import Testing

@Suite struct LSTMInferenceTests {
    private typealias Case = InferenceCase

    @Test(arguments: InferenceCase.small)
    func agreesWithTheTrainingNetworkOnTheSameWeights(
        network: InferenceCase
    ) throws {
        try network.withNetwork { model, weights in
            let tokens = Case.tokens(101, seed: 1)
            let trained = LanguageModel(
                configuration: .lstm(model.configuration), weights: weights, steps: 20, streams: 1)
            var expected = 0.0
            var contexts: [any StreamContext] = [CountingContext()]
            for start in stride(from: 0, to: 100, by: 20) {
                var window = TokenWindow(
                    inputs: tokens[start..<start + 20].map { Int32($0) },
                    targets: tokens[start + 1..<start + 21].map { Int32($0) }, resetToken: 0)
                if network.contexts > 0 {
                    window.annotate(by: &contexts, vocabulary: Case.vocabulary)
                    // Masks are the caller's affair when generating.
                    window.allowed = []
                }
                expected += trained.score(window)
            }
            let logits = Case.logits(model, after: tokens.dropLast())
            let found = zip(logits, tokens.dropFirst()).reduce(0.0) {
                $0 - ReferenceKernels.logSoftmax($1.0)[$1.1]
            }
            #expect(expected > 100)
            // Of random weights much is lost by rounding.
            #expect(abs(found - expected) < (network.precision == .int8 ? 0.01 * expected : 1e-3))
        }
    }

    /// Lengths about the block of 64 tokens that a prompt is read in.
    @Test(arguments: [1, 2, 3, 5, 63, 64, 65, 130])
    func readingAPromptIsTakingItsSteps(count: Int) throws {
        for network in Case.small {
            try network.withNetwork { model, _ in
                let prompt = Case.tokens(count, seed: 2)
                var state = model.initialState(streams: 1)
                var logits: [Float] = []
                model.read(prompt, state: &state, logits: &logits)
                #expect(logits == Case.logits(model, after: prompt).last)
                model.step([7], state: &state, logits: &logits)
                #expect(logits == Case.logits(model, after: prompt + [7]).last)
            }
        }
    }

    /// Bit for bit: a take is the same however many share its batch.
    @Test(arguments: InferenceCase.small)
    func aStreamDoesNotDependOnItsCompany(network: InferenceCase) throws {
        try network.withNetwork { model, _ in
            let streams = (0..<9).map { Case.tokens(12, seed: 20 + $0) }
            let alone = streams.map { Case.logits(model, after: $0) }
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

    @Test(arguments: [0, 6, 12])
    func forkedStreamsGoTheirOwnWaysFromThePrompt(offset: Int) throws {
        try Case.small[2 + offset].withNetwork { model, _ in
            let prompt = Case.tokens(30, seed: 3)
            var first = model.initialState(streams: 1)
            var logits: [Float] = []
            model.read(prompt, state: &first, logits: &logits)
            var batch = model.fork(first, streams: 3)
            #expect(batch.streams == 3)
            model.step([4, 5, 6], state: &batch, logits: &logits)
            model.step([7, 8, 9], state: &batch, logits: &logits)
            let expected = [[4, 7], [5, 8], [6, 9]].compactMap {
                Case.logits(model, after: prompt + $0).last
            }
            #expect(logits == expected.flatMap { $0 })
            // What was forked stays where it was.
            model.step([11], state: &first, logits: &logits)
            #expect(logits == Case.logits(model, after: prompt + [11]).last)
        }
    }

    @Test(arguments: [0, 6, 12])
    func selectionKeepsReordersAndRepeatsStreams(offset: Int) throws {
        try Case.small[1 + offset].withNetwork { model, _ in
            var state = model.initialState(streams: 4)
            var logits: [Float] = []
            model.step([1, 2, 3, 4], state: &state, logits: &logits)
            var selected = model.select([3, 1, 1], from: state)
            #expect(selected.streams == 3)
            model.step([5, 6, 7], state: &selected, logits: &logits)
            let expected = [[4, 5], [2, 6], [2, 7]].compactMap {
                Case.logits(model, after: $0).last
            }
            #expect(logits == expected.flatMap { $0 })
        }
    }

    /// Batches whose streams have read more and less.
    @Test(arguments: [0, 6, 12])
    func batchesAreJoined(offset: Int) throws {
        try Case.small[1 + offset].withNetwork { model, _ in
            var logits: [Float] = []
            var one = model.initialState(streams: 1)
            model.read([8, 9, 10], state: &one, logits: &logits)
            var two = model.initialState(streams: 2)
            model.step([1, 2], state: &two, logits: &logits)
            var joined = model.join([one, two])
            #expect(joined.streams == 3)
            model.step([5, 6, 7], state: &joined, logits: &logits)
            let expected = [[8, 9, 10, 5], [1, 6], [2, 7]].compactMap {
                Case.logits(model, after: $0).last
            }
            #expect(logits == expected.flatMap { $0 })
            // What was joined stays where it was.
            model.step([11], state: &one, logits: &logits)
            #expect(logits == Case.logits(model, after: [8, 9, 10, 11]).last)
        }
    }

    @Test(arguments: [0, 6, 12])
    func aCopiedStateIsAFork(offset: Int) throws {
        try Case.small[0 + offset].withNetwork { model, _ in
            var one = model.initialState(streams: 1)
            var logits: [Float] = []
            model.step([1], state: &one, logits: &logits)
            var other = one
            model.step([2], state: &one, logits: &logits)
            model.step([3], state: &other, logits: &logits)
            #expect(logits == Case.logits(model, after: [1, 3]).last)
        }
    }
}
