import Tensors

/// How many steps each window of a run has: always T, or jittered as in AWD-LSTM (Merity et al. 2018,
/// section 5), so that windows do not begin at the same places of a piece in every epoch.
///
/// Jittered lengths are normal with a standard deviation of 5 about T, or in one window of twenty
/// about T/2. A length depends on the seed and the step's number only.
package struct WindowLengths: Hashable, Sendable {
    /// T
    package let base: Int
    package let isJittered: Bool
    private let seed: UInt64

    private static let deviation = 5

    /// - Parameter base: at least 1.
    package init(base: Int, isJittered: Bool, seed: UInt64) {
        precondition(base > 0, "a window has at least one step")
        self.base = base
        self.isJittered = isJittered
        self.seed = seed
    }

    /// The most steps of a window: five standard deviations more than T.
    package var most: Int { isJittered ? base + 5 * Self.deviation : base }

    /// The length of the window of `step`, counted from 0: at least 5 steps, or T if that is less.
    package func steps(at step: Int) -> Int {
        guard isJittered else { return base }
        var generator = SeededGenerator(seed: seed, stream: UInt64(step) | 1 << 42)
        let mean = generator.uniform() < 0.95 ? Float(base) : Float(base) / 2
        let length = Int((mean + Float(Self.deviation) * generator.normal()).rounded())
        return min(most, max(min(Self.deviation, base), length))
    }

    /// What the learning rate of a window of so many steps is multiplied by, so that short windows,
    /// whose gradients are means over fewer tokens, do not count for more: length / T.
    package func rateFactor(ofSteps steps: Int) -> Float { Float(steps) / Float(base) }

    /// How many windows it takes, on the whole, to go through `tokens` tokens of each stream; at
    /// least 1.
    package func count(covering tokens: Int) -> Int {
        // One window of twenty is half as long.
        max(1, isJittered ? Int(Double(tokens) / (0.975 * Double(base))) : tokens / base)
    }
}
