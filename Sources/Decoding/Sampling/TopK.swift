/// Leaves the k likeliest tokens.
///
/// Fan, Lewis and Dauphin, "Hierarchical Neural Story Generation" (2018). Among equally likely tokens
/// the lower ids remain. With as many candidates as k or fewer it changes nothing.
public struct TopK: LogitsTransform, Hashable {
    public let count: Int

    /// - Parameter count: at least 1.
    public init(_ count: Int) {
        precondition(count >= 1, "top-k leaves at least one token")
        self.count = count
    }

    public func apply(to candidates: inout Candidates) {
        guard count < candidates.all.count else { return }
        candidates.keepBest { kept, _ in kept == count }
    }
}
