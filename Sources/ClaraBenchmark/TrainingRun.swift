import Networks
import Tensors
import Training

/// A language model in training on random tokens.
final class TrainingRun {
    let model: LanguageModel
    private let optimiser: Adam
    private var generator = SeededGenerator(seed: 1)
    private let windows: [TokenWindow]
    private var step = 0

    /// - Parameters:
    ///   - beginsPieces: whether each window begins with a new piece, so that nothing is carried over from
    ///     the one before.
    ///   - context: a stream's context, where the network is told one.
    init(
        _ network: NetworkConfiguration, steps: Int, streams: Int,
        regularisation: Regularisation = .none, beginsPieces: Bool = false,
        context: (any StreamContext)? = nil, team: ThreadTeam
    ) throws {
        model = LanguageModel(
            configuration: network, weights: network.randomWeights(seed: 1), steps: steps,
            streams: streams, regularisation: regularisation, team: team)
        optimiser = Adam(try .clara(), for: model.weights)
        var tokens = SeededGenerator(seed: 2)
        var contexts = context.map { Array(repeating: $0, count: streams) } ?? []
        windows = (0..<4).map { _ in
            var window = TokenWindow.random(
                steps: steps, streams: streams, vocabulary: network.vocabulary,
                beginsPieces: beginsPieces, using: &tokens)
            if !contexts.isEmpty {
                window.annotate(by: &contexts, vocabulary: network.vocabulary)
            }
            return window
        }
    }

    var tokensPerStep: Int { model.steps * model.streams }

    /// Forward, backward, clipping and Adam for one window.
    func trainStep() {
        step += 1
        _ = model.differentiate(windows[step % windows.count], using: &generator)
        optimiser.update(
            model.weights, gradients: model.gradients, step: step, rate: 1e-3, clip: 0.3)
    }
}

extension Adam.Settings {
    /// Those that Clara's author trained with, without weight decay.
    fileprivate static func clara() throws -> Adam.Settings {
        try Adam.Settings(kind: .adam, beta1: 0.7, beta2: 0.99)
    }
}

extension TokenWindow {
    /// Random ids below `vocabulary`; 0 only begins pieces.
    static func random(
        steps: Int, streams: Int, vocabulary: Int, beginsPieces: Bool,
        using generator: inout SeededGenerator
    ) -> TokenWindow {
        func ids() -> [Int32] {
            (0..<steps * streams).map { _ in
                Int32.random(in: 1..<Int32(vocabulary), using: &generator)
            }
        }
        var inputs = ids()
        if beginsPieces {
            inputs.replaceSubrange(0..<streams, with: repeatElement(0, count: streams))
        }
        return TokenWindow(inputs: inputs, targets: ids(), resetToken: 0)
    }
}
