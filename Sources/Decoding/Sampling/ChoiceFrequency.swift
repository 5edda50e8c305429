/// Clara's own sampling: with this frequency sample among the candidates, else take the best one.
///
/// 1 always samples, 0 is greedy. Unlike a low temperature it leaves the sampled tokens' proportions
/// as they are: seldom surprises, but real ones. It comes last, most often after top-k.
package struct ChoiceFrequency: Hashable, Sendable {
    package let value: Float

    /// Always samples.
    package static let always = ChoiceFrequency(1)

    /// - Parameter value: 0…1.
    package init(_ value: Float) {
        precondition((0...1).contains(value), "a frequency is from 0 to 1")
        self.value = value
    }

    /// Chooses with one random number for both questions: whether to sample, and if so, which.
    ///
    /// - Parameter number: in [0, 1). Where it is below the frequency, its ratio to the frequency is
    ///   again evenly distributed over [0, 1).
    func choose(from candidates: Candidates, at number: Double) -> Candidates.Candidate {
        guard number < Double(value) else { return candidates.best }
        var left = number / Double(value) * candidates.totalWeight
        for candidate in candidates.all {
            left -= Double(candidate.weight)
            if left < 0 { return candidate }
        }
        return candidates.best  // Rounding ate the last candidate's share.
    }
}
