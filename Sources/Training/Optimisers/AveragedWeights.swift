import CKernels
import Networks
import Tensors

/// The average of a run's weights, kept beside them as the run goes.
package final class AveragedWeights {
    /// What there is to save besides the average itself.
    package struct State: Hashable, Sendable, Codable {
        /// How many steps' weights are in the average.
        package var count = 0
        /// Nats per token of the validations so far; kept for the trigger only.
        package var validations: [Double] = []
        /// Whether the trigger was pulled.
        package var isTriggered = false

        package init() {}
    }

    package private(set) var state: State
    /// The average, of no meaning while `isOn` is false; nil where there is none to be.
    package let average: ParameterSet?
    private let kind: WeightAveraging

    package init(_ kind: WeightAveraging, for weights: ParameterSet) {
        self.kind = kind
        state = State()
        average = kind == .none ? nil : ParameterSet(like: weights)
    }

    /// Whether there is an average, to be used in place of the weights.
    package var isOn: Bool { state.count > 0 }

    /// Goes on from a saved state, whose average has been filled in.
    ///
    /// - Returns: false, and nothing done, for a state that cannot be.
    package func restore(_ saved: State) -> Bool {
        let isOn = saved.count > 0
        let isPossible =
            switch kind {
            case .none: !isOn && !saved.isTriggered && saved.validations.isEmpty
            case .exponential: !saved.isTriggered && saved.validations.isEmpty
            case .triggered: saved.isTriggered || !isOn
            }
        guard isPossible, saved.count >= 0 else { return false }
        state = saved
        return true
    }

    /// Takes in the weights after a step.
    package func update(from weights: ParameterSet) {
        guard let average else { return }
        let share: Double
        switch kind {
        case .none: return
        case .exponential(let decay):
            state.count += 1
            // average = Σ (1 − d) dᵏ wₖ / Σ (1 − d) dᵏ, whose denominator is 1 − dⁿ.
            share = (1 - Double(decay)) / (1 - Double(decay).raised(to: state.count))
        case .triggered:
            guard state.isTriggered else { return }
            state.count += 1
            share = 1 / Double(state.count)
        }
        mix(weights, into: average, share: Float(share))
    }

    /// Takes in a validation of the weights, or of their average where there is one.
    package func noteValidation(natsPerToken: Double) {
        guard case .triggered(let patience) = kind, !state.isTriggered, natsPerToken.isFinite
        else { return }
        let earlier = state.validations.dropLast(patience).min()
        state.validations.append(natsPerToken)
        if let earlier, natsPerToken > earlier { state.isTriggered = true }
    }

    /// The average where it is on, else `weights`.
    package func weights(or weights: ParameterSet) -> ParameterSet {
        isOn ? average ?? weights : weights
    }

    /// Exchanges the average with `weights`, where it is on; once more undoes it.
    package func exchange(with weights: ParameterSet) {
        guard isOn, let average else { return }
        for index in 0..<weights.count {
            swap(&weights.buffer.base[index], &average.buffer.base[index])
        }
    }

    /// average += share · (weights − average), as two passes of the kernel that there is.
    private func mix(_ weights: ParameterSet, into average: ParameterSet, share: Float) {
        if share == 1 {
            average.buffer.base.update(from: weights.buffer.base, count: weights.count)
            return
        }
        let whole = average.buffer.matrix(rows: 1, columns: average.count)
        whole.scale(by: 1 - share)
        clara_add_scaled(average.buffer.base, weights.buffer.base, share, weights.count)
    }
}
