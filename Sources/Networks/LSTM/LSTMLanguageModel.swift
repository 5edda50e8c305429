import Tensors

/// The LSTM language model for training and scoring: embedding, layers, tied output, over windows of
/// T steps of B streams, with the state carried from window to window.
///
/// Memory is planned once, at `init`; a window allocates nothing.
package final class LSTMLanguageModel {
    package let configuration: LSTMConfiguration
    package let weights: ParameterSet
    package let gradients: ParameterSet
    /// T
    package let steps: Int
    /// B
    package let streams: Int

    private let layers: [LSTMLayer]
    /// What enters each layer, after dropout, and at last what enters the output: (T·B, width).
    private let inputs: [FloatBuffer]
    /// Gradients on their way down, two buffers in turn: (T·B, widest).
    private let dUpper: FloatBuffer
    private let dLower: FloatBuffer
    private let logits: FloatBuffer
    private let losses: FloatBuffer
    private let dropout: VariationalDropout?
    private var resets: [Bool]

    /// - Parameters:
    ///   - weights: tensors of `configuration.shapes`, in that order.
    ///   - dropout: nil where the network is only run forward.
    package init(
        configuration: LSTMConfiguration, weights: ParameterSet, steps: Int, streams: Int,
        dropout: DropoutRates? = nil
    ) {
        precondition(steps > 0 && streams > 0, "a window has at least one step of one stream")
        precondition(
            weights.tensors.map(\.shape) == configuration.shapes.map(\.shape),
            "the weights are not those of this configuration")
        self.configuration = configuration
        self.weights = weights
        self.steps = steps
        self.streams = streams
        let gradients = ParameterSet(like: weights)
        self.gradients = gradients
        layers = (0..<configuration.layers).map {
            LSTMLayer(
                index: $0, configuration: configuration, steps: steps, streams: streams,
                weights: weights, gradients: gradients)
        }
        let rows = steps * streams
        let widths = layers.map(\.inputWidth) + [configuration.embedding]
        inputs = widths.map { FloatBuffer(zeros: rows * $0) }
        let widest = max(configuration.embedding, configuration.hidden)
        dUpper = FloatBuffer(zeros: rows * widest)
        dLower = FloatBuffer(zeros: rows * widest)
        logits = FloatBuffer(zeros: rows * configuration.vocabulary)
        losses = FloatBuffer(zeros: rows)
        resets = [Bool](repeating: false, count: rows)
        self.dropout = dropout.map {
            VariationalDropout(rates: $0, widths: widths, streams: streams)
        }
    }

    private var rows: Int { steps * streams }

    private func input(_ index: Int) -> Matrix {
        inputs[index].matrix(rows: rows, columns: inputs[index].count / rows)
    }

    /// Zero states, as at the start of training.
    package func clearState() {
        for layer in layers {
            layer.carriedState.h.fill(0)
            layer.carriedState.c.fill(0)
        }
    }

    /// The carried states of all layers, in turn h and c, (B, width) each; to save and restore.
    package var carriedStates: [Matrix] {
        layers.flatMap { [$0.carriedState.h, $0.carriedState.c] }
    }

    /// Scores a window and carries the state on.
    ///
    /// - Parameter window: (T·B) input and target ids; see `TokenWindow`.
    /// - Returns: the sum of −ln p over the targets, in nats.
    package func score(_ window: TokenWindow) -> Double {
        forward(window, dropping: false)
        let loss = crossEntropy(window, scale: 0)
        layers.forEach { $0.carryState() }
        return loss
    }

    /// Forward and backward through a window; `gradients` then hold those of the mean loss over the
    /// window's targets. Carries the state on.
    ///
    /// - Parameter generator: draws the dropout masks; unused without dropout.
    /// - Returns: the sum of −ln p over the targets, in nats.
    package func differentiate(_ window: TokenWindow, using generator: inout SeededGenerator)
        -> Double
    {
        gradients.buffer.fill(0)
        dropout?.draw(using: &generator)
        forward(window, dropping: true)
        let targets = window.targets.count { $0 >= 0 }
        let loss = crossEntropy(window, scale: 1 / Float(max(1, targets)))
        backward(window)
        layers.forEach { $0.carryState() }
        return loss
    }

    // MARK: - Forward

    private func forward(_ window: TokenWindow, dropping: Bool) {
        precondition(window.inputs.count == rows, "the window has another size than the network")
        precondition(
            window.contexts.isEmpty || configuration.contexts > 0, "the network knows no contexts")
        precondition(
            window.allowed.isEmpty || window.allowed.count == rows * configuration.vocabulary,
            "the window's masks are of another vocabulary")
        for row in 0..<rows {
            resets[row] = window.inputs[row] == window.resetToken
            precondition(window.targets[row] < configuration.vocabulary, "no such target")
            precondition(
                !resets[row] || row < streams || window.targets[row - streams] < 0,
                "a piece may not begin right after a step that has a target")
        }
        embed(window)
        if dropping { dropout?.apply(0, to: input(0)) }
        for (index, layer) in layers.enumerated() {
            layer.forward(input: input(index), resets: resets)
            input(index + 1).copy(from: layer.output)
            if dropping { dropout?.apply(index + 1, to: input(index + 1)) }
        }
        let logits = logits.matrix(rows: rows, columns: configuration.vocabulary)
        logits.setProduct(input(layers.count), .asIs, embedding(weights), .transposed)
        logits.add(bias: outputBias(weights))
        for (index, isAllowed) in window.allowed.enumerated() where !isAllowed {
            logits.base[index] = -1e9
        }
    }

    /// Each place's token embedding and the sum of its contexts' embeddings.
    private func embed(_ window: TokenWindow) {
        let table = embedding(weights)
        let contexts = contextEmbedding(weights)
        for (row, token) in window.inputs.enumerated() {
            let embedded = input(0).rows(from: row, count: 1)
            embedded.copy(from: table.rows(from: Int(token), count: 1))
            for id in window.contexts(at: row) {
                embedded.add(contexts.rows(from: Int(id), count: 1))
            }
        }
    }

    private func crossEntropy(_ window: TokenWindow, scale: Float) -> Double {
        window.targets.withUnsafeBufferPointer { targets in
            guard let targets = targets.baseAddress else { return }
            Kernels.softmaxCrossEntropy(
                logits: logits.matrix(rows: rows, columns: configuration.vocabulary),
                targets: targets, losses: losses, scale: scale)
        }
        return losses.elements.reduce(0.0) { $0 + Double($1) }
    }

    // MARK: - Backward

    private func backward(_ window: TokenWindow) {
        let dLogits = logits.matrix(rows: rows, columns: configuration.vocabulary)
        var (upper, lower) = (dUpper, dLower)
        let top = upper.matrix(rows: rows, columns: configuration.embedding)
        top.setProduct(dLogits, .asIs, embedding(weights), .asIs)
        embedding(gradients).setProduct(
            dLogits, .transposed, input(layers.count), .asIs, accumulating: true)
        outputBias(gradients).addRowSums(of: dLogits)
        for (index, layer) in layers.enumerated().reversed() {
            let dOutput = upper.matrix(rows: rows, columns: layer.width)
            dropout?.apply(index + 1, to: dOutput)
            let dInput = lower.matrix(rows: rows, columns: layer.inputWidth)
            layer.backward(input: input(index), dOutput: dOutput, dInput: dInput, resets: resets)
            swap(&upper, &lower)
        }
        let dEmbedded = upper.matrix(rows: rows, columns: configuration.embedding)
        dropout?.apply(0, to: dEmbedded)
        let table = embedding(gradients)
        let contexts = contextEmbedding(gradients)
        for (row, token) in window.inputs.enumerated() {
            let gradient = dEmbedded.rows(from: row, count: 1)
            table.rows(from: Int(token), count: 1).add(gradient)
            for id in window.contexts(at: row) {
                contexts.rows(from: Int(id), count: 1).add(gradient)
            }
        }
    }

    private func embedding(_ set: ParameterSet) -> Matrix { set.matrix(set.tensors[0]) }

    private func outputBias(_ set: ParameterSet) -> Matrix {
        set.matrix(set.tensors[configuration.outputBiasIndex])
    }

    /// (contexts, E); without contexts nobody looks into it.
    private func contextEmbedding(_ set: ParameterSet) -> Matrix {
        set.matrix(set.tensors[set.tensors.count - 1])
    }
}
