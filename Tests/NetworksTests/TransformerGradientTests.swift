import Networks
import Tensors
import Testing

@Suite struct TransformerGradientTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var layers = 1
        var embedding = 8
        var heads = 2
        var window = 3
        var rates: (embedding: Float, input: Float, hidden: Float, output: Float) = (0, 0, 0, 0)
        var hasContexts = false
        var threads = 1
    }

    static let cases = [
        Case(testDescription: "one layer"),
        Case(testDescription: "three layers that reach far back", layers: 3, window: 9),
        Case(testDescription: "one head, odd pairs", embedding: 6, heads: 1, window: 4),
        Case(testDescription: "heads wider than a panel", embedding: 72, heads: 2, window: 6),
        Case(testDescription: "a window of one place", window: 1),
        Case(testDescription: "two threads", layers: 2, threads: 2),
        Case(
            testDescription: "all dropout, contexts, two threads", layers: 2, window: 6,
            rates: (0.2, 0.3, 0.4, 0.2), hasContexts: true, threads: 2),
    ]

    /// T = 5 steps of B = 3 streams; a piece ends and another begins within stream 1.
    static let window = TokenWindow(
        inputs: [2, 0, 3, 4, 5, 2, 3, 1, 6, 5, 0, 4, 2, 3, 6],
        targets: [4, 5, 2, 3, 1, 6, 5, -1, 4, 2, 3, 6, 1, 2, 3], resetToken: 0)

    /// Each tensor's gradient, along a random direction, against (L(w + εd) − L(w − εd)) / 2ε.
    @Test(arguments: cases) func gradientsMatchFiniteDifferences(_ example: Case) throws {
        let model = try Self.model(example)
        let window = example.hasContexts ? Self.annotatedWindow() : Self.window
        let start = Self.carriedState(of: model)
        // Larger steps where there are few numbers: a loss has seven digits.
        func epsilon(_ tensor: ParameterSet.Tensor) -> Float {
            1e-2 / Float(tensor.count).squareRoot()
        }
        let pairs = FiniteDifferences.compare(
            model.weights, gradients: model.gradients, epsilon: epsilon
        ) { model.repeatableLoss(of: window, from: start) }
        for pair in pairs {
            let noise = 3e-7 / Double(epsilon(pair.tensor))
            #expect(pair.error < 3e-3 * abs(pair.slope) + 2 * noise, "\(pair.tensor.name)")
        }
    }

    private static func model(_ example: Case) throws -> LanguageModel {
        let configuration = NetworkConfiguration.transformer(
            try TransformerConfiguration(
                vocabulary: 7, embedding: example.embedding, layers: example.layers,
                heads: example.heads, feedForward: 12, window: example.window,
                contexts: example.hasContexts ? CountingContext.count : 0))
        let weights = configuration.randomWeights(seed: 3)
        var generator = SeededGenerator(seed: 4)
        // Away from the start of training, where scores are about 0 and biases all the same.
        for index in 0..<weights.count { weights.buffer.base[index] += 0.3 * generator.normal() }
        let rates = example.rates
        return LanguageModel(
            configuration: configuration, weights: weights, steps: 5, streams: 3,
            regularisation: try Regularisation(
                embedding: rates.embedding, input: rates.input, hidden: rates.hidden,
                output: rates.output), team: ThreadTeam(threads: example.threads))
    }

    /// The same window with contexts, and with masks that let no token follow itself.
    private static func annotatedWindow() -> TokenWindow {
        var window = window
        var streams = [any StreamContext](repeating: CountingContext(), count: 3)
        window.annotate(by: &streams, vocabulary: 7)
        return window
    }

    /// Random keys and values, of which each stream sees another number.
    private static func carriedState(of model: LanguageModel) -> [[Float]] {
        var generator = SeededGenerator(seed: 8)
        let states = model.carriedStates
        return states.enumerated().map { index, state in
            index == states.count - 1
                ? [5, 0, 2] : (0..<state.count).map { _ in 0.5 * generator.normal() }
        }
    }
}
