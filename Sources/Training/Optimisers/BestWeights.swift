import Networks
import Tensors

/// The weights of a run that validated best, where a run keeps them.
package final class BestWeights {
    /// Which validation that was.
    package struct Validation: Hashable, Sendable, Codable {
        /// Steps done before it.
        package let step: Int
        package let nats: Double
        package let tokens: Int

        package var result: PieceScorer.Result { .init(nats: nats, tokens: tokens) }
    }

    /// Nil before the first validation, and where none are kept.
    package private(set) var validation: Validation?
    /// Of no meaning without a validation; nil where none are kept.
    package let weights: ParameterSet?

    package init(for weights: ParameterSet, isKept: Bool) {
        self.weights = isKept ? ParameterSet(like: weights) : nil
    }

    /// Goes on from a saved state, whose weights have been filled in.
    ///
    /// - Returns: false, and nothing done, for a state that cannot be.
    package func restore(_ saved: Validation?) -> Bool {
        guard let saved else { return true }
        guard weights != nil, saved.step >= 0, saved.tokens > 0, saved.nats.isFinite else {
            return false
        }
        validation = saved
        return true
    }

    /// Takes in a validation of `candidate`; the earlier stay where they are as good.
    package func note(_ result: PieceScorer.Result, step: Int, of candidate: ParameterSet) {
        guard let weights, result.tokens > 0, result.nats.isFinite else { return }
        if let validation, validation.result.natsPerToken <= result.natsPerToken { return }
        validation = Validation(step: step, nats: result.nats, tokens: result.tokens)
        weights.buffer.base.update(from: candidate.buffer.base, count: weights.count)
    }

    /// The best where there is one, else `weights`.
    package func weights(or weights: ParameterSet) -> ParameterSet {
        validation == nil ? weights : self.weights ?? weights
    }
}
