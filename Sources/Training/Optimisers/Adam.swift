import CKernels
import Networks
import Tensors

/// Adam (Kingma & Ba 2015), plain or with decoupled weight decay (AdamW; Loshchilov & Hutter 2019).
///
/// Weight decay pulls at the layers' matrices only, see `decays(_:)`.
package final class Adam {
    /// How weight decay enters.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// As the gradient of an L2 penalty, so that it goes through the moments: PyTorch's `Adam`.
        case adam
        /// Straight from the weights, in proportion to the learning rate: PyTorch's `AdamW`.
        case adamW = "adamw"
    }

    /// The optimiser's numbers, under the papers' names.
    package struct Settings: Hashable, Sendable, Codable {
        package let kind: Kind
        /// 0 ≤ β < 1; a schedule may move β1.
        package let beta1: Float
        package let beta2: Float
        package let epsilon: Float
        /// At least 0.
        package let weightDecay: Float

        /// Throws for a number outside its range.
        package init(
            kind: Kind = .adamW, beta1: Float = 0.9, beta2: Float = 0.99, epsilon: Float = 1e-8,
            weightDecay: Float = 0
        ) throws(InvalidSetting) {
            try InvalidSetting.checkShare("optimiser.beta1", beta1)
            try InvalidSetting.checkShare("optimiser.beta2", beta2)
            try InvalidSetting.checkPositive("optimiser.epsilon", epsilon)
            try InvalidSetting.checkNotNegative("optimiser.weight-decay", weightDecay)
            self.kind = kind
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
            self.weightDecay = weightDecay
        }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            try self.init(
                kind: values.decode(Kind.self, forKey: .kind),
                beta1: values.decode(Float.self, forKey: .beta1),
                beta2: values.decode(Float.self, forKey: .beta2),
                epsilon: values.decode(Float.self, forKey: .epsilon),
                weightDecay: values.decode(Float.self, forKey: .weightDecay))
        }
    }

    package let settings: Settings
    /// First and second moments, one number a weight.
    package let moments: (first: ParameterSet, second: ParameterSet)
    /// Neighbouring weights that are treated alike.
    private let runs: [(range: Range<Int>, decay: Float)]

    package init(_ settings: Settings, for weights: ParameterSet) {
        self.settings = settings
        moments = (ParameterSet(like: weights), ParameterSet(like: weights))
        runs = Self.runs(of: weights, weightDecay: settings.weightDecay)
    }

    /// Whether weight decay pulls at a tensor: at matrices, but not at embeddings, whose rows are
    /// mostly of tokens that did not come up; biases and norms are vectors, which have no scale to
    /// hold down. (So do GPT-2's trainers and AdamW's users commonly; PyTorch's default and fastai
    /// decay everything.)
    package static func decays(_ tensor: ParameterSet.Tensor) -> Bool {
        tensor.shape.count > 1 && !["embedding.weight", "context.weight"].contains(tensor.name)
    }

    /// One step. The gradients are scaled down to a Euclidean norm of at most `clip` first.
    ///
    /// - Parameters:
    ///   - gradients: used up.
    ///   - step: counted from 1; the corrections of the moments' bias depend on it.
    ///   - beta1: in place of the settings'; the correction is then 1 − β1^step, as PyTorch's.
    /// - Returns: the norm of the gradients before clipping; when it is no finite number, nothing
    ///   was done.
    @discardableResult
    package func update(
        _ weights: ParameterSet, gradients: ParameterSet, step: Int, rate: Float, clip: Float,
        beta1: Float? = nil
    ) -> Double {
        let norm = Kernels.sumOfSquares(gradients.buffer).squareRoot()
        guard norm.isFinite else { return norm }
        let scale = norm > Double(clip) ? Float(Double(clip) / norm) : 1
        let beta1 = beta1 ?? settings.beta1
        let (first, second) = (
            1 - Float(Double(beta1).raised(to: step)),
            1 - Float(Double(settings.beta2).raised(to: step))
        )
        for (range, decay) in runs {
            let isPenalty = settings.kind == .adam && decay > 0
            if isPenalty {
                // Clipping concerns the loss's own gradient: what is added is scaled up before.
                clara_add_scaled(
                    gradients.buffer.base + range.lowerBound,
                    weights.buffer.base + range.lowerBound, decay / scale, range.count)
            }
            clara_adam_step(
                weights.buffer.base + range.lowerBound, gradients.buffer.base + range.lowerBound,
                moments.first.buffer.base + range.lowerBound,
                moments.second.buffer.base + range.lowerBound, range.count, scale, rate, beta1,
                settings.beta2, settings.epsilon, first, second, isPenalty ? 0 : decay)
        }
        return norm
    }

    private static func runs(
        of weights: ParameterSet, weightDecay: Float
    ) -> [(range: Range<Int>, decay: Float)] {
        var runs: [(range: Range<Int>, decay: Float)] = []
        for tensor in weights.tensors {
            let decay = decays(tensor) ? weightDecay : 0
            let end = tensor.offset + tensor.count
            if let last = runs.last, last.decay == decay {
                runs[runs.count - 1].range = last.range.lowerBound..<end
            } else {
                runs.append((tensor.offset..<end, decay))
            }
        }
        return runs
    }
}
