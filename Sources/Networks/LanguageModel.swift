import Foundation
import Tensors

/// A language model for training and scoring: an encoder, and logits by its own embedding (tied;
/// Press & Wolf 2017), over windows of T steps of B streams, with the state carried on.
///
/// Memory is planned once, at `init`; a window allocates nothing.
package final class LanguageModel {
    package let configuration: NetworkConfiguration
    package let weights: ParameterSet
    package let gradients: ParameterSet
    /// T, the most steps of a window.
    package let steps: Int
    /// B
    package let streams: Int

    private let encoder: any SequenceEncoder
    private let embedding: Matrix  // (V, E)
    private let bias: Matrix  // (1, V)
    private let gradientEmbedding: Matrix
    private let gradientBias: Matrix
    private let contextOutput: ContextOutput?
    private let scoreOutput: ScoreOutput?
    private let logits: FloatBuffer
    private let losses: FloatBuffer
    private let dFeatures: FloatBuffer
    private let team: ThreadTeam

    /// - Parameters:
    ///   - weights: tensors of `configuration.shapes`, in that order.
    ///   - regularisation: acts in `differentiate` only.
    package init(
        configuration: NetworkConfiguration, weights: ParameterSet, steps: Int, streams: Int,
        regularisation: Regularisation = .none, team: ThreadTeam = ThreadTeam(threads: 1)
    ) {
        precondition(steps > 0 && streams > 0, "a window has at least one step of one stream")
        precondition(
            weights.tensors.map(\.shape) == configuration.shapes.map(\.shape),
            "the weights are not those of this configuration")
        self.configuration = configuration
        self.weights = weights
        self.steps = steps
        self.streams = streams
        self.team = team
        let gradients = ParameterSet(like: weights)
        self.gradients = gradients
        encoder = configuration.makeEncoder(
            weights: weights, gradients: gradients, steps: steps, streams: streams,
            regularisation: regularisation, team: team)
        guard let bias = weights.tensor(named: "output.bias") else {
            preconditionFailure("a language model has an output bias")
        }
        embedding = weights.matrix(weights.tensors[0])
        self.bias = weights.matrix(bias)
        contextOutput = ContextOutput(
            weights: weights, gradients: gradients, regularisation: regularisation)
        scoreOutput = ScoreOutput(
            configuration.scores, weights: weights, gradients: gradients, rows: steps * streams,
            team: team)
        gradientEmbedding = gradients.matrix(weights.tensors[0])
        gradientBias = gradients.matrix(bias)
        let rows = steps * streams
        logits = FloatBuffer(zeros: rows * configuration.vocabulary)
        losses = FloatBuffer(zeros: rows)
        dFeatures = FloatBuffer(zeros: rows * configuration.embedding)
    }

    /// The carried states of the encoder; to save and restore.
    package var carriedStates: [Matrix] { encoder.carriedStates }

    /// Scores a window and carries the state on.
    ///
    /// - Parameter window: (T·B) input and target ids; see `TokenWindow`.
    /// - Returns: the sum of −ln p over the targets, in nats.
    package func score(_ window: TokenWindow) -> Double {
        check(window)
        let features = encoder.forward(window, training: false)
        writeLogits(window, features, training: false)
        let loss = crossEntropy(window, scale: 0)
        encoder.carryState()
        return loss
    }

    /// Forward and backward through a window; `gradients` then hold those of the mean loss over the
    /// window's targets and of the regularisation. Carries the state on.
    ///
    /// - Parameter generator: draws the dropout masks; unused without dropout.
    /// - Returns: the sum of −ln p over the targets, in nats, without the regularisation.
    package func differentiate(_ window: TokenWindow, using generator: inout SeededGenerator)
        -> Double
    {
        check(window)
        gradients.buffer.fill(0)
        encoder.drawDropout(using: &generator)
        contextOutput?.drawDropout(using: &generator)
        let features = encoder.forward(window, training: true)
        writeLogits(window, features, training: true)
        let targets = window.targets.count { $0 >= 0 }
        let scale = 1 / Float(max(1, targets))
        let loss = crossEntropy(window, scale: scale)
        let dLogits = logits(of: window)
        let dFeatures = dFeatures.matrix(rows: features.rows, columns: features.columns)
        dFeatures.setProduct(dLogits, .asIs, embedding, .asIs, by: team)
        gradientEmbedding.setProduct(
            dLogits, .transposed, features, .asIs, accumulating: true, by: team)
        gradientBias.addRowSums(of: dLogits)
        contextOutput?.addGradient(window, dLogits: dLogits)
        scoreOutput?.addGradient(
            window, dLogits: dLogits, features: features, dFeatures: dFeatures)
        encoder.backward(window, dOutput: dFeatures)
        encoder.carryState()
        return loss
    }

    /// −ln p of each of the latest window's targets, (T·B); 0 where nothing is asked.
    package func latestLosses(of window: TokenWindow) -> Slice<UnsafeMutableBufferPointer<Float>> {
        losses.elements[..<window.targets.count]
    }

    private func check(_ window: TokenWindow) {
        let rows = window.inputs.count
        precondition(
            rows > 0 && rows % streams == 0 && rows <= steps * streams,
            "the window has another size than the network")
        precondition(
            window.allowed.isEmpty || window.allowed.count == rows * configuration.vocabulary,
            "the window's masks are of another vocabulary")
        for row in 0..<rows {
            precondition(window.targets[row] < configuration.vocabulary, "no such target")
            precondition(
                window.inputs[row] != window.resetToken || row < streams
                    || window.targets[row - streams] < 0,
                "a piece may not begin right after a step that has a target")
        }
    }

    // MARK: - Output

    private func logits(of window: TokenWindow) -> Matrix {
        logits.matrix(rows: window.inputs.count, columns: configuration.vocabulary)
    }

    /// The logits of the window's places, (T·B, V), those of tokens that may not follow very low.
    private func writeLogits(_ window: TokenWindow, _ features: Matrix, training: Bool) {
        let logits = logits(of: window)
        logits.setProduct(features, .asIs, embedding, .transposed, by: team)
        logits.add(bias: bias)
        contextOutput?.add(window, to: logits, training: training)
        scoreOutput?.add(window, features, to: logits)
        for index in window.allowed.indices where !window.allowed[index] {
            logits.base[index] = -1e9
        }
    }

    private func crossEntropy(_ window: TokenWindow, scale: Float) -> Double {
        window.targets.withUnsafeBufferPointer { targets in
            guard let targets = targets.baseAddress else { return }
            Kernels.softmaxCrossEntropy(
                logits: logits(of: window), targets: targets, losses: losses, scale: scale)
        }
        return losses.elements[..<window.targets.count].reduce(0.0) { $0 + Double($1) }
    }
}
