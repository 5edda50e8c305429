/// Leaves the nucleus: the fewest of the likeliest tokens whose probabilities reach p together.
///
/// Holtzman, Buys, Du, Forbes and Choi, "The Curious Case of Neural Text Degeneration" (2020). The
/// token with which p is reached belongs to the nucleus; with p = 1 it changes nothing.
package struct TopP: LogitsTransform, Hashable {
    package let probability: Float

    /// - Parameter probability: above 0, at most 1.
    package init(_ probability: Float) {
        precondition(probability > 0 && probability <= 1, "a nucleus has a probability in (0, 1]")
        self.probability = probability
    }

    package func apply(to candidates: inout Candidates) {
        guard probability < 1 else { return }
        let enough = Double(probability) * candidates.totalWeight
        candidates.keepBest { _, weight in weight >= enough }
    }
}
