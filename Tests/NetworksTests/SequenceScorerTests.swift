import Networks
import Tensors
import Testing

@Suite struct SequenceScorerTests {
    /// Of many lengths, more than go into one batch.
    private static let sequences = (0..<37).map {
        InferenceCase.tokens([1, 2, 9, 40, 41, 3][$0 % 6], seed: UInt64($0))
    }

    /// One after the other, with the masks that training applies.
    private static func expected(_ network: InferenceCase, _ weights: ParameterSet) throws
        -> [Double]
    {
        let trained = LanguageModel(
            configuration: .lstm(try network.configuration), weights: weights, steps: 50,
            streams: 1)
        return sequences.map { sequence in
            let padding = [Int32](repeating: 0, count: 50)
            let inputs = sequence.map { Int32($0) } + padding
            let targets = sequence.dropFirst().map { Int32($0) } + padding.map { _ in Int32(-1) }
            var window = TokenWindow(
                inputs: Array(inputs.prefix(50)), targets: Array(targets.prefix(50)), resetToken: 0
            )
            var contexts: [any StreamContext] = [CountingContext()]
            if network.contexts > 0 {
                window.annotate(by: &contexts, vocabulary: InferenceCase.vocabulary)
            }
            return trained.score(window)
        }
    }

    @Test(arguments: InferenceCase.small)
    func scoresAsTheTrainingNetworkDoes(network: InferenceCase) throws {
        try network.withNetwork { model, weights in
            let scorer = SequenceScorer(
                model: model, context: network.contexts > 0 ? CountingContext() : nil)
            let expected = try Self.expected(network, weights)
            for (found, expected) in zip(scorer.score(Self.sequences), expected) {
                // A target that may not follow costs a billion.
                #expect(
                    abs(found - expected)
                        < (network.precision == .int8 ? 0.03 : 1e-5) * max(10, expected))
            }
        }
    }
}
