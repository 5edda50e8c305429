import Tensors

/// LSTM layers over embedded tokens, with AWD-LSTM's regularisation, for training and scoring.
///
/// The window is cut into stretches of time, and the layers work on it as a wavefront: while one
/// thread does a layer's stretch, another does the layer below's next one. What need not wait for
/// anything is kept out of it and shared evenly: the first layer's products with its input, and the
/// gradients of all weights.
final class LSTMEncoder: SequenceEncoder {
    let width: Int
    let steps: Int
    let streams: Int

    private let embedding: TokenEmbedding
    private let layers: [LSTMLayer]
    /// What enters the first layer: (T·B, E).
    private let embedded: FloatBuffer
    private let inputDropout: DropoutMask
    private let penalty: ActivationPenalty
    private let team: ThreadTeam
    private let wavefront: Wavefront
    /// Steps of a stretch.
    private let stretch: Int

    init(
        configuration: LSTMConfiguration, weights: ParameterSet, gradients: ParameterSet,
        steps: Int, streams: Int, regularisation: Regularisation, team: ThreadTeam
    ) {
        width = configuration.embedding
        self.steps = steps
        self.streams = streams
        embedding = TokenEmbedding(
            weights: weights, gradients: gradients, regularisation: regularisation)
        layers = (0..<configuration.layers).map {
            LSTMLayer(
                index: $0, configuration: configuration, steps: steps, streams: streams,
                weights: weights, gradients: gradients, regularisation: regularisation)
        }
        embedded = FloatBuffer(zeros: steps * streams * configuration.embedding)
        inputDropout = DropoutMask(
            rate: regularisation.input, rows: streams, columns: configuration.embedding)
        penalty = ActivationPenalty(regularisation, streams: streams)
        self.team = team
        wavefront = Wavefront(rows: configuration.layers, team: team)
        // A few hundred rows make large products; sixteen stretches keep two threads busy.
        stretch = max(1, min((steps + 15) / 16, 512 / streams + 1))
    }

    func drawDropout(using generator: inout SeededGenerator) {
        embedding.drawDropout(using: &generator)
        inputDropout.draw(using: &generator)
        for layer in layers { layer.drawDropout(using: &generator) }
    }

    /// One window on its way through the layers: a row is a layer, a column a stretch.
    private struct Pass: Wavefront.Work {
        let encoder: LSTMEncoder
        /// (T·B): whether a piece begins there, so that the state that enters is zero.
        let resets: Resets
        let training: Bool
        /// The gradient of the features, (T·B, E), on the way back; nil on the way forward.
        let dOutput: Matrix?

        func perform(row: Int, column: Int) {
            if let dOutput {
                encoder.backward(self, dFeatures: dOutput, row: row, column: column)
            } else {
                encoder.forward(self, layer: row, stretch: column)
            }
        }
    }

    func forward(_ window: TokenWindow, training: Bool) -> Matrix {
        let rows = window.inputs.count
        let input = embedded.matrix(rows: rows, columns: width)
        embedding.forward(window, into: input, training: training)
        if training { inputDropout.apply(to: input) }
        layers[0].multiplyInput(input, by: team)
        run(window, training: training, dOutput: nil)
        return layers[layers.count - 1].features(rows: rows, training: training)
    }

    private func forward(_ pass: Pass, layer index: Int, stretch number: Int) {
        let range = steps(ofStretch: number, of: pass.resets.steps)
        if index > 0 {
            let input = input(of: index, rows: pass.resets.rows, training: pass.training)
            layers[index].multiplyInput(input, steps: range)
        }
        layers[index].forward(steps: range, resets: pass.resets, training: pass.training)
    }

    func backward(_ window: TokenWindow, dOutput: Matrix) {
        let top = layers[layers.count - 1]
        for layer in layers { layer.beginBackward() }
        penalty.addGradient(
            ofFeatures: top.features(rows: dOutput.rows, training: true), to: dOutput)
        run(window, training: true, dOutput: dOutput)
        for index in layers.indices {
            layers[index].differentiateWeights(
                input: input(of: index, rows: dOutput.rows, training: true), by: team)
        }
        layers[0].differentiateInput(rows: dOutput.rows, by: team)
        let dEmbedded = layers[0].dInput(rows: dOutput.rows)
        inputDropout.apply(to: dEmbedded)
        embedding.backward(window, dOutput: dEmbedded)
    }

    /// The wavefront runs from the last layer and the last stretch to the first ones.
    private func backward(_ pass: Pass, dFeatures: Matrix, row: Int, column: Int) {
        let index = layers.count - 1 - row
        let count = stretches(of: pass.resets.steps)
        let range = steps(ofStretch: count - 1 - column, of: pass.resets.steps)
        let rows = pass.resets.rows
        let layer = layers[index]
        let dOutput = row == 0 ? dFeatures : layers[index + 1].dInput(rows: rows)
        let dRange = dOutput.rows(from: range.lowerBound * streams, count: range.count * streams)
        layer.outputDropout.apply(to: dRange)
        if row == 0 {
            penalty.addTemporalGradient(
                of: layer.output(rows: rows), steps: range, resets: pass.resets, to: dOutput)
        }
        layer.backward(dOutput: dOutput, steps: range, resets: pass.resets)
        if index > 0 { layer.differentiateInput(steps: range, resets: pass.resets) }
    }

    func carryState() {
        for layer in layers { layer.carryState() }
    }

    /// Of all layers, in turn h and c, (B, width) each.
    var carriedStates: [Matrix] {
        layers.flatMap { [$0.carriedState.h, $0.carriedState.c] }
    }

    // MARK: - Stretches

    private func run(_ window: TokenWindow, training: Bool, dOutput: Matrix?) {
        window.inputs.withUnsafeBufferPointer { inputs in
            let resets = Resets(inputs: inputs, token: window.resetToken, streams: streams)
            wavefront.run(
                columns: stretches(of: resets.steps),
                Pass(encoder: self, resets: resets, training: training, dOutput: dOutput))
        }
        for layer in layers { layer.stepsDone = window.inputs.count / streams }
    }

    private func stretches(of steps: Int) -> Int { (steps + stretch - 1) / stretch }

    private func steps(ofStretch number: Int, of steps: Int) -> Range<Int> {
        number * stretch..<min(steps, (number + 1) * stretch)
    }

    private func input(of layer: Int, rows: Int, training: Bool) -> Matrix {
        layer == 0
            ? embedded.matrix(rows: rows, columns: width)
            : layers[layer - 1].features(rows: rows, training: training)
    }
}

/// Where in a window pieces begin: there the state that enters a step is zero.
struct Resets {
    let inputs: UnsafeBufferPointer<Int32>
    let token: Int32
    let streams: Int

    var rows: Int { inputs.count }
    var steps: Int { inputs.count / streams }

    subscript(step: Int, stream: Int) -> Bool { inputs[step * streams + stream] == token }

    /// Fills with zeros the rows of `state` (B, width), which enters `step`, where a piece begins.
    func clear(_ state: Matrix, entering step: Int) {
        for stream in 0..<streams where self[step, stream] {
            state.rows(from: stream, count: 1).fill(0)
        }
    }
}
