import Foundation
import Tensors

/// Tells the classes of token sequences: a language model's body, whose features are pooled over
/// each sequence, and a small head (ULMFiT; Howard & Ruder 2018).
///
/// Sequences of more than T steps are read in windows with carried state, and the pooling spans all
/// of them. Gradients go back through every window that has a part in the pooled features, as in
/// ULMFiT's BPT3C, but not from a window into the one before: each is read once more on the way back,
/// from the state that entered it, so that memory holds the activations of one window only.
///
/// Memory of the network is planned once, at `init`.
package final class SequenceClassifier {
    package let configuration: ClassifierConfiguration
    package let weights: ParameterSet
    package let gradients: ParameterSet
    package let groups: ParameterGroups
    /// T, the most steps of a window.
    package let steps: Int
    /// B, the most sequences of a batch.
    package let streams: Int
    /// The most windows of a sequence that gradients are taken of.
    package let windows: Int

    private let encoder: any SequenceEncoder
    /// What the encoder adds its gradients to: those of one window. DropConnect masks all that is
    /// there at a window's end, so windows' gradients may then not add up in one place.
    private let windowGradients: ParameterSet
    private let pooling: PoolingLayer
    private let head: ClassifierHead
    private let losses: FloatBuffer
    private let dFeatures: FloatBuffer
    /// The carried states that enter all windows but the first, one behind the other.
    private let entering: FloatBuffer

    /// - Parameters:
    ///   - weights: tensors of `configuration.shapes`, in that order.
    ///   - windows: `differentiate` takes sequences of at most `windows · steps` places; other calls
    ///     take any. The states that enter a window are kept for each: small for an LSTM, a whole
    ///     window of keys and values for a Transformer.
    ///   - regularisation: acts in `differentiate` only; without activation regularisation, which is
    ///     a language model's.
    package init(
        configuration: ClassifierConfiguration, weights: ParameterSet, steps: Int, streams: Int,
        windows: Int = 1, regularisation: Regularisation = .none,
        headDropout: HeadDropout = .none, team: ThreadTeam = ThreadTeam(threads: 1)
    ) {
        precondition(steps > 0 && streams > 0 && windows > 0, "there is at least one of each")
        precondition(
            weights.tensors.map(\.name) == configuration.shapes.map(\.name)
                && weights.tensors.map(\.shape) == configuration.shapes.map(\.shape),
            "the weights are not those of this configuration")
        precondition(
            regularisation.activation == 0 && regularisation.temporalActivation == 0,
            "activation regularisation is for language models")
        self.configuration = configuration
        self.weights = weights
        (self.steps, self.streams, self.windows) = (steps, streams, windows)
        let gradients = ParameterSet(like: weights)
        self.gradients = gradients
        groups = ParameterGroups(weights)
        windowGradients =
            windows > 1 && regularisation.weight > 0 ? ParameterSet(like: weights) : gradients
        encoder = configuration.network.makeEncoder(
            weights: weights, gradients: windowGradients, steps: steps, streams: streams,
            regularisation: regularisation, team: team)
        pooling = PoolingLayer(configuration.pooling, width: encoder.width, streams: streams)
        head = ClassifierHead(
            configuration, weights: weights, gradients: gradients, streams: streams,
            dropout: headDropout)
        losses = FloatBuffer(zeros: streams)
        dFeatures = FloatBuffer(zeros: steps * streams * encoder.width)
        entering = FloatBuffer(
            zeros: (windows - 1) * encoder.carriedStates.reduce(0) { $0 + $1.count })
    }

    /// The pooled features of each sequence of the batch, P·E numbers each.
    package func features(of batch: SequenceBatch) -> [[Float]] {
        let windows = batch.windows(steps: steps, streams: streams)
        read(windows, lengths: batch.sequences.map(\.count), training: false)
        return batch.sequences.indices.map { stream in
            let row = pooling.output.rows(from: stream, count: 1)
            return Array(UnsafeBufferPointer(start: row.base, count: row.count))
        }
    }

    /// ln p of each class for each sequence of the batch.
    package func logProbabilities(of batch: SequenceBatch) -> [[Double]] {
        let windows = batch.windows(steps: steps, streams: streams)
        read(windows, lengths: batch.sequences.map(\.count), training: false)
        let logits = head.forward(pooling.output, training: false)
        return batch.sequences.indices.map { stream in
            let row = logits.rows(from: stream, count: 1)
            return (0..<row.count).map { Double(row.base[$0]) }.logSoftmax
        }
    }

    /// Forward and backward; `gradients` then hold those of the batch's mean loss.
    ///
    /// - Parameters:
    ///   - batch: with labels below the number of classes.
    ///   - first: the lowest parameter group that is trained. Where that is the head, the encoder's
    ///     gradients are not computed and stay 0; else all are.
    ///   - generator: draws the dropout masks, one for each sequence; unused without dropout.
    /// - Returns: the sum of −ln p over the labels, in nats.
    package func differentiate(
        _ batch: SequenceBatch, from first: Int = 0, using generator: inout SeededGenerator
    ) -> Double {
        precondition(batch.labels.count == batch.sequences.count, "every sequence has a label")
        precondition(
            batch.labels.allSatisfy { configuration.classes.indices.contains($0) },
            "a label is below the number of classes, \(configuration.classes.count)")
        precondition(
            batch.longest <= windows * steps, "a sequence is longer than was planned for")
        precondition((0...groups.head).contains(first), "there is no group \(first)")
        gradients.buffer.fill(0)
        encoder.drawDropout(using: &generator)
        head.drawDropout(using: &generator)
        let windows = batch.windows(steps: steps, streams: streams)
        read(windows, lengths: batch.sequences.map(\.count), training: true)
        let logits = head.forward(pooling.output, training: true)
        let loss = crossEntropy(logits, batch.labels)
        head.backward(dLogits: logits)
        if first < groups.head { readBack(windows) }
        return loss
    }

    /// The sum of −ln p over the labels; leaves the gradient of the mean in `logits`.
    private func crossEntropy(_ logits: Matrix, _ labels: [Int]) -> Double {
        var targets = labels.map { Int32($0) }
        targets += repeatElement(-1, count: streams - labels.count)
        Kernels.softmaxCrossEntropy(
            logits: logits, targets: &targets, losses: losses, scale: 1 / Float(labels.count))
        return losses.elements.reduce(0.0) { $0 + Double($1) }
    }

    // MARK: - Windows

    /// Pools the features of all windows, beginning from nothing; the last stays in the encoder.
    private func read(_ windows: [TokenWindow], lengths: [Int], training: Bool) {
        for state in encoder.carriedStates { state.fill(0) }
        pooling.begin(lengths: lengths)
        for (index, window) in windows.enumerated() {
            if index > 0 {
                encoder.carryState()
                if training { keepState(entering: index) }
            }
            pooling.forward(encoder.forward(window, training: training), from: index * steps)
        }
    }

    /// Takes the gradients of the windows, from the last to the first, with the masks drawn last.
    private func readBack(_ windows: [TokenWindow]) {
        for (index, window) in windows.enumerated().reversed() {
            let dFeatures = dFeatures.matrix(rows: window.inputs.count, columns: encoder.width)
            guard pooling.backward(dOutput: head.dPooled, from: index * steps, into: dFeatures)
            else { continue }
            if index < windows.count - 1 {
                restoreState(entering: index)
                _ = encoder.forward(window, training: true)
            }
            if windowGradients !== gradients { windowGradients.buffer.fill(0) }
            encoder.backward(window, dOutput: dFeatures)
            if windowGradients !== gradients { addWindowGradients() }
        }
    }

    private func addWindowGradients() {
        let all = (rows: 1, columns: gradients.count)
        gradients.buffer.matrix(rows: all.rows, columns: all.columns).add(
            windowGradients.buffer.matrix(rows: all.rows, columns: all.columns))
    }

    private func keepState(entering index: Int) {
        forEachState(entering: index) { $1.copy(from: $0) }
    }

    private func restoreState(entering index: Int) {
        if index == 0 {
            for state in encoder.carriedStates { state.fill(0) }
        } else {
            forEachState(entering: index) { $0.copy(from: $1) }
        }
    }

    /// Each carried state of the encoder beside the place where that entering window `index` is kept.
    private func forEachState(entering index: Int, _ body: (Matrix, Matrix) -> Void) {
        let states = encoder.carriedStates
        var offset = (index - 1) * states.reduce(0) { $0 + $1.count }
        for state in states {
            body(state, entering.matrix(offset: offset, rows: state.rows, columns: state.columns))
            offset += state.count
        }
    }
}
