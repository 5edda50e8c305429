import Networks
import Tensors

/// Gradients beside (L(w + εd) − L(w − εd)) / 2ε along random directions d.
enum FiniteDifferences {
    struct Pair {
        let tensor: ParameterSet.Tensor
        /// What the gradient says of the direction.
        let slope: Double
        /// What the loss says.
        let difference: Double

        var error: Double { abs(difference - slope) }
    }

    /// A pair for every tensor of `weights`, which are the same afterwards.
    ///
    /// - Parameters:
    ///   - epsilon: the step for a tensor.
    ///   - loss: always the same for the same weights; fills `gradients`.
    static func compare(
        _ weights: ParameterSet, gradients: ParameterSet,
        epsilon: (ParameterSet.Tensor) -> Float, loss: () -> Double
    ) -> [Pair] {
        _ = loss()
        let gradients = Array(gradients.buffer)
        var generator = SeededGenerator(seed: 5)
        return weights.tensors.map { tensor in
            let direction = (0..<tensor.count).map { _ in generator.normal() }
            let values = weights.values(of: tensor)
            let kept = Array(values)
            let epsilon = epsilon(tensor)
            func lossAlong(_ step: Float) -> Double {
                for index in kept.indices { values[index] = kept[index] + step * direction[index] }
                defer { for index in kept.indices { values[index] = kept[index] } }
                return loss()
            }
            return Pair(
                tensor: tensor,
                slope: direction.indices.reduce(0.0) {
                    $0 + Double(direction[$1] * gradients[tensor.offset + $1])
                },
                difference: (lossAlong(epsilon) - lossAlong(-epsilon)) / Double(2 * epsilon))
        }
    }
}

extension LanguageModel {
    /// The mean loss of `window` and its gradients, always from the same random state that was carried
    /// over and with the same dropout masks.
    func repeatableLoss(of window: TokenWindow, from start: [[Float]]) -> Double {
        for (state, values) in zip(carriedStates, start) {
            for index in values.indices { state.base[index] = values[index] }
        }
        var generator = SeededGenerator(seed: 11)
        let targets = window.targets.count { $0 >= 0 }
        return differentiate(window, using: &generator) / Double(targets)
    }
}
