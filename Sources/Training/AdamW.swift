import CKernels
import Networks
import Tensors

/// Adam with decoupled weight decay (Kingma & Ba 2015; Loshchilov & Hutter 2019).
package final class AdamW {
    /// The optimiser's numbers, under the papers' names.
    package struct Settings: Hashable, Sendable, Codable {
        package var beta1: Float
        package var beta2: Float
        package var epsilon: Float
        package var weightDecay: Float

        package init(
            beta1: Float = 0.9, beta2: Float = 0.99, epsilon: Float = 1e-8, weightDecay: Float = 0
        ) {
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
            self.weightDecay = weightDecay
        }
    }

    package let settings: Settings
    /// First and second moments, one number a weight.
    package let moments: (first: ParameterSet, second: ParameterSet)

    package init(_ settings: Settings, for weights: ParameterSet) {
        self.settings = settings
        moments = (ParameterSet(like: weights), ParameterSet(like: weights))
    }

    /// One step. The gradients are scaled down to a Euclidean norm of at most `clip` first.
    ///
    /// - Parameter step: counted from 1; the corrections of the moments' bias depend on it.
    /// - Returns: the norm of the gradients before clipping.
    @discardableResult
    package func update(
        _ weights: ParameterSet, gradients: ParameterSet, step: Int, rate: Float, clip: Float
    ) -> Double {
        let norm = Kernels.sumOfSquares(gradients.buffer).squareRoot()
        let scale = norm > Double(clip) ? Float(Double(clip) / norm) : 1
        clara_adam_step(
            weights.buffer.base, gradients.buffer.base, moments.first.buffer.base,
            moments.second.buffer.base, weights.count, scale, rate, settings.beta1, settings.beta2,
            settings.epsilon, 1 - power(settings.beta1, step), 1 - power(settings.beta2, step),
            settings.weightDecay)
        return norm
    }

    private func power(_ base: Float, _ exponent: Int) -> Float {
        var (result, factor, rest) = (1.0, Double(base), exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return Float(result)
    }
}
