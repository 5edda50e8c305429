import CKernels
import Networks
import Tensors

/// AdamW with a learning rate for each parameter group, and none for frozen ones, whose weights and
/// moments it leaves alone.
final class GroupedAdam {
    private let settings: Adam.Settings
    private let first: FloatBuffer
    private let second: FloatBuffer
    /// Of each group the runs of weights and how strongly they decay, see `Adam.decays`.
    private let runs: [[(range: Range<Int>, decay: Float)]]
    /// How often each group was updated: from its unfreezing on, as the moments are zero till then.
    private var updates: [Int]

    init(_ settings: Adam.Settings, for weights: ParameterSet, groups: ParameterGroups) {
        self.settings = settings
        first = FloatBuffer(zeros: weights.count)
        second = FloatBuffer(zeros: weights.count)
        updates = [Int](repeating: 0, count: groups.count)
        runs = groups.ranges.map { ranges in
            weights.tensors
                .filter { tensor in ranges.contains { $0.contains(tensor.offset) } }
                .map {
                    ($0.offset..<$0.offset + $0.count, Adam.decays($0) ? settings.weightDecay : 0)
                }
        }
    }

    /// One step of the groups from `lowest` on, whose gradients together are scaled down to a
    /// Euclidean norm of at most `clip` first.
    ///
    /// - Parameters:
    ///   - rates: of each group.
    ///   - beta1: in place of the settings'.
    /// - Returns: the norm before clipping; when it is no finite number, nothing was done.
    func update(
        _ weights: ParameterSet, gradients: ParameterSet, from lowest: Int, rates: [Float],
        clip: Float, beta1: Float? = nil
    ) -> Double {
        let base = gradients.buffer.base
        let norm = runs[lowest...].joined().reduce(0) {
            $0 + clara_sum_of_squares(base + $1.range.lowerBound, $1.range.count)
        }.squareRoot()
        guard norm.isFinite else { return norm }
        let scale = norm > Double(clip) ? Float(Double(clip) / norm) : 1
        let beta1 = beta1 ?? settings.beta1
        for group in lowest..<runs.count {
            updates[group] += 1
            let step = updates[group]
            for (range, decay) in runs[group] {
                let start = range.lowerBound
                clara_adam_step(
                    weights.buffer.base + start, base + start, first.base + start,
                    second.base + start, range.count, scale, rates[group], beta1, settings.beta2,
                    settings.epsilon, Float(1 - Double(beta1).raised(to: step)),
                    Float(1 - Double(settings.beta2).raised(to: step)), decay)
            }
        }
        return norm
    }
}
