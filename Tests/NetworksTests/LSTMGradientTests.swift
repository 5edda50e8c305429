import Networks
import Tensors
import Testing

@Suite struct LSTMGradientTests {
    typealias Case = (
        layers: Int, regularisation: Regularisation, contexts: Bool, scores: ScoreLayout?
    )

    static let configurations: [Case] = [
        (1, .none, false, nil), (3, .none, false, nil), (1, .none, true, nil),
        (2, rates(), true, nil), (2, rates(), true, CountingContext.scores),
    ]

    private static func rates() -> Regularisation {
        do {
            return try Regularisation(
                embedding: 0.2, context: 0.3, input: 0.3, hidden: 0.4, output: 0.2, weight: 0.5)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// T = 5 steps of B = 3 streams; a piece ends and another begins within stream 1.
    static let window = TokenWindow(
        inputs: [2, 0, 3, 4, 5, 2, 3, 1, 6, 5, 0, 4, 2, 3, 6],
        targets: [4, 5, 2, 3, 1, 6, 5, -1, 4, 2, 3, 6, 1, 2, 3], resetToken: 0)

    /// Each tensor's gradient, along a random direction, against (L(w + εd) − L(w − εd)) / 2ε.
    @Test(arguments: configurations)
    func gradientsMatchFiniteDifferences(
        layers: Int, regularisation: Regularisation, contexts: Bool, scores: ScoreLayout?
    ) throws {
        let window = contexts ? Self.annotatedWindow() : Self.window
        let configuration = try LSTMConfiguration(
            vocabulary: 7, embedding: 6, hidden: 9, layers: layers,
            contexts: contexts ? CountingContext.count : 0, contextOutput: contexts,
            scores: scores)
        let weights = configuration.randomWeights(seed: 3)
        if let tensor = weights.tensor(named: "score.output") {
            // They begin at 0.
            var generator = SeededGenerator(seed: 4)
            for index in 0..<tensor.count {
                weights.values(of: tensor)[index] = 0.3 * generator.normal()
            }
        }
        let model = LanguageModel(
            configuration: .lstm(configuration), weights: weights, steps: 5, streams: 3,
            regularisation: regularisation, team: ThreadTeam(threads: 2))
        let start = Self.carriedState(of: model)
        let pairs = FiniteDifferences.compare(
            weights, gradients: model.gradients, epsilon: { _ in 4e-3 }
        ) { model.repeatableLoss(of: window, from: start) }
        for pair in pairs {
            #expect(pair.error < 2e-3 * max(0.1, abs(pair.slope)), "\(pair.tensor.name)")
        }
    }

    /// The same window with contexts, and with masks that let no token follow itself.
    private static func annotatedWindow() -> TokenWindow {
        var window = window
        var streams = [any StreamContext](repeating: CountingContext(), count: 3)
        window.annotate(by: &streams, vocabulary: 7)
        return window
    }

    private static func carriedState(of model: LanguageModel) -> [[Float]] {
        var generator = SeededGenerator(seed: 8)
        return model.carriedStates.map { state in
            (0..<state.count).map { _ in 0.5 * generator.normal() }
        }
    }
}
