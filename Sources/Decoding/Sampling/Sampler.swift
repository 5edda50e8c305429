import Foundation
import Tensors

/// Chooses tokens from logits.
///
/// Holds the workspace, so it is mutating; what it chooses depends only on the logits and on the one
/// number that it draws for each token, whatever the settings.
package struct Sampler: Sendable {
    /// A chosen token with the probability that the model itself gave it: among the allowed tokens,
    /// at temperature 1, before any truncation.
    package struct Choice: Hashable, Sendable {
        package let token: Int
        /// Natural logarithm; at most 0.
        package let logProbability: Float
    }

    private let transforms: [any LogitsTransform]
    private let choiceFrequency: ChoiceFrequency
    private var candidates = Candidates()

    /// A sampler with the settings' transforms in their documented order, but for what is done about
    /// repetition: each stream brings its own ``RepetitionControl``.
    package init(_ settings: SamplingSettings) {
        var transforms: [any LogitsTransform] = [Temperature(settings.temperature)]
        if let topK = settings.topK { transforms.append(TopK(topK)) }
        if let topP = settings.topP { transforms.append(TopP(topP)) }
        if let minP = settings.minP { transforms.append(MinP(minP)) }
        self.init(
            transforms: transforms,
            choiceFrequency: settings.choiceFrequency.map(ChoiceFrequency.init) ?? .always)
    }

    /// A sampler that applies `transforms` in the given order.
    package init(transforms: [any LogitsTransform], choiceFrequency: ChoiceFrequency = .always) {
        self.transforms = transforms
        self.choiceFrequency = choiceFrequency
    }

    /// Chooses one of the tokens whose logit is not −infinity.
    ///
    /// O(V) without top-k and top-p, at most O(V log V) with them; allocates nothing after the first
    /// call with as many logits.
    ///
    /// - Parameters:
    ///   - logits: one for each token, (V).
    ///   - repetition: what the stream does about repetition, before all other transforms.
    /// - Returns: nil when all logits are −infinity.
    package mutating func sample(
        from logits: UnsafeBufferPointer<Float>, repetition: RepetitionControl? = nil,
        using generator: inout SeededGenerator
    ) throws(SamplingError) -> Choice? {
        guard try candidates.fill(from: logits) else { return nil }
        let highest = candidates.highestLogit
        let logTotal = log(candidates.totalWeight)
        repetition?.apply(to: &candidates)
        for transform in transforms { transform.apply(to: &candidates) }
        let chosen = choiceFrequency.choose(
            from: candidates, at: generator.uniformDouble())
        let relative = Double(logits[chosen.token] - highest)
        return Choice(token: chosen.token, logProbability: Float(relative - logTotal))
    }

    /// The same for an array of logits, (V).
    package mutating func sample(
        from logits: [Float], using generator: inout SeededGenerator
    ) throws(SamplingError) -> Choice? {
        try logits.withUnsafeBufferPointer { (buffer) throws(SamplingError) in
            try sample(from: buffer, using: &generator)
        }
    }
}
