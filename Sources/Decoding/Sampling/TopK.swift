/// Leaves the k likeliest tokens.
///
/// Fan, Lewis and Dauphin, "Hierarchical Neural Story Generation" (2018). Among equally likely tokens
/// the lower ids remain. With as many candidates as k or fewer it changes nothing.
package struct TopK: LogitsTransform, Hashable {
    package let count: Int

    /// - Parameter count: at least 1.
    package init(_ count: Int) {
        precondition(count >= 1, "top-k leaves at least one token")
        self.count = count
    }

    package func apply(to candidates: inout Candidates) {
        guard count < candidates.all.count else { return }
        candidates.keepBest { kept, _ in kept == count }
    }
}
