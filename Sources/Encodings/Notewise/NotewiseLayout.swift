/// Where the notewise tokens lie: 0 start, 1 end, then `cellCount` starts, as many releases, and
/// the waits. Plain numbers, so that the hot loops copy and classify without touching the heap.
struct NotewiseLayout: Hashable, Sendable {
    let cellCount: Int
    let longestWait: Int

    var firstStart: Int { 2 }
    var firstRelease: Int { 2 + cellCount }
    /// The id of `wait1`.
    var firstWait: Int { 2 + 2 * cellCount }
    var count: Int { 2 + 2 * cellCount + longestWait }

    /// The token with this id, which must be in 0..<count.
    @inline(__always)
    func token(_ id: Int) -> NotewiseEncoding.Token {
        precondition(id >= 0 && id < count, "the token id lies outside the vocabulary")
        if id >= firstWait { return .wait(steps: id - firstWait + 1) }
        if id >= firstRelease { return .release(id - firstRelease) }
        if id >= firstStart { return .start(id - firstStart) }
        return id == 0 ? .pieceStart : .pieceEnd
    }

    /// Appends waits of `steps` in all: as many of the longest as fit, then the rest.
    func appendWait(_ steps: Int, to tokens: inout [Int]) {
        guard steps > 0 else { return }
        let (whole, rest) = steps.quotientAndRemainder(dividingBy: longestWait)
        tokens.append(contentsOf: repeatElement(firstWait + longestWait - 1, count: whole))
        if rest > 0 { tokens.append(firstWait + rest - 1) }
    }
}
