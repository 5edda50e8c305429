import Networks
import Tensors

/// Scores whole pieces with weights that learn from the tokens of the piece that are scored already.
///
/// Every token is scored before it is learnt from; each piece begins with the trained weights.
package final class DynamicScorer {
    private let model: LanguageModel
    private let settings: DynamicEvaluation
    /// The weights that every piece begins with, and is pulled back to.
    private let trained: FloatBuffer
    /// η / (RMS + ε) of each weight.
    private let rates: FloatBuffer
    /// λ · RMS / mean RMS of each weight, at most 1.
    private let pulls: FloatBuffer

    /// Over how many of the training pieces the gradients' squares are averaged, about, and over how
    /// many segments of each at most.
    private static let sample = (pieces: 24, segments: 20)
    /// ε, in mean RMS: many weights are of contexts that hardly ever hold.
    private static let damping: Float = 1

    /// - Parameters:
    ///   - weights: the trained ones; used, and as they were between calls.
    ///   - training: what they were trained on; of it are the gradients' mean squares.
    package init(
        configuration: NetworkConfiguration, weights: ParameterSet, settings: DynamicEvaluation,
        training: any PieceSource, team: ThreadTeam
    ) {
        model = LanguageModel(
            configuration: configuration, weights: weights, steps: settings.segment, streams: 1,
            team: team)
        self.settings = settings
        trained = FloatBuffer(zeros: weights.count)
        rates = FloatBuffer(zeros: weights.count)
        pulls = FloatBuffer(zeros: weights.count)
        trained.base.update(from: weights.buffer.base, count: weights.count)
        measureGradients(on: training)
    }

    /// −ln p of every token that is asked for, in nats, piece by piece in their order.
    ///
    /// - Parameter progress: called now and then with the share done, 0…1.
    package func tokenLosses(
        of source: any PieceSource, progress: (Double) -> Void = { _ in }
    ) -> [[Float]] {
        (0..<source.count).map { piece in
            defer {
                model.weights.buffer.base.update(from: trained.base, count: trained.count)
                progress(Double(piece + 1) / Double(source.count))
            }
            var losses: [Float] = []
            differentiate(piece, of: source) { window, tokens in
                for (row, loss) in model.latestLosses(of: window).enumerated()
                where window.targets[row] >= 0 {
                    losses.append(loss)
                }
                learn(share: Float(tokens) / Float(settings.segment))
            }
            return losses
        }
    }

    /// Sets rates and pulls by the gradients of some training pieces.
    private func measureGradients(on source: any PieceSource) {
        let squares = rates.base
        var segments = 0
        let sample = Self.sample
        for piece in stride(from: 0, to: source.count, by: max(1, source.count / sample.pieces)) {
            differentiate(piece, of: source, segments: sample.segments) { _, _ in
                segments += 1
                let gradients = model.gradients.buffer.base
                for index in 0..<rates.count {
                    squares[index] += gradients[index] * gradients[index]
                }
            }
        }
        var sum = 0.0
        for index in 0..<rates.count {
            squares[index] = (squares[index] / Float(max(1, segments))).squareRoot()
            sum += Double(squares[index])
        }
        let mean = max(Float.leastNormalMagnitude, Float(sum / Double(max(1, rates.count))))
        for index in 0..<rates.count {
            pulls.base[index] = min(1, settings.decay * squares[index] / mean)
            rates.base[index] = settings.rate / (squares[index] + Self.damping * mean)
        }
    }

    /// Calls `body` with each segment of a piece, once its losses and gradients are there, and with how
    /// many of its tokens were asked for.
    private func differentiate(
        _ piece: Int, of source: any PieceSource, segments: Int = .max,
        body: (TokenWindow, Int) -> Void
    ) {
        let tokens = source.tokens(ofPiece: piece, variant: 0)
        var contexts = source.context.map { [$0] } ?? []
        var window = TokenWindow(inputs: [], targets: [], resetToken: source.startToken)
        // Nothing is dropped, so nothing is drawn.
        var generator = SeededGenerator(seed: 0)
        let starts = stride(from: 0, to: tokens.count - 1, by: settings.segment)
        for start in starts.prefix(segments) {
            let end = min(tokens.count - 1, start + settings.segment)
            window.inputs = Array(tokens[start..<end])
            window.targets = tokens[start + 1...end].map { source.conditions.target($0) }
            if !contexts.isEmpty {
                window.annotate(by: &contexts, vocabulary: source.vocabulary)
            }
            _ = model.differentiate(window, using: &generator)
            body(window, window.targets.count { $0 >= 0 })
        }
    }

    /// A step down the mean gradient of a segment, of which `share` was asked for, and towards the
    /// trained weights.
    private func learn(share: Float) {
        let weights = model.weights.buffer.base
        let gradients = model.gradients.buffer.base
        for index in 0..<trained.count {
            weights[index] +=
                pulls.base[index] * (trained.base[index] - weights[index])
                - share * rates.base[index] * gradients[index]
        }
    }
}
