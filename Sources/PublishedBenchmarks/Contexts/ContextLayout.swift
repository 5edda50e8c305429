/// Shares out the ids of a context among what it tells.
struct ContextLayout {
    /// How many ids are given out.
    private(set) var count = 0

    /// Ids for all combinations of numbers below the sizes.
    mutating func block(_ first: Int, _ second: Int = 1, _ third: Int = 1) -> ContextBlock {
        defer { count += first * second * third }
        return ContextBlock(offset: count, first: first, second: second, third: third)
    }
}

/// The ids of one thing that a context tells.
struct ContextBlock: Sendable {
    fileprivate let offset: Int
    fileprivate let first: Int
    fileprivate let second: Int
    fileprivate let third: Int

    /// The id of a combination, each number from 0 and below its size.
    func callAsFunction(_ i: Int, _ j: Int = 0, _ k: Int = 0) -> Int32 {
        precondition(
            i >= 0 && i < first && j >= 0 && j < second && k >= 0 && k < third,
            "no such context")
        return Int32(offset + (i * second + j) * third + k)
    }
}
