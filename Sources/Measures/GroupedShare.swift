/// The share of judgements that were right, and how far chance may have moved it where judgements come in
/// groups, such as all those about one piece.
package struct GroupedShare: Hashable, Sendable {
    /// Draws of the bootstrap.
    private static let draws = 2_000

    /// 0…1
    package let share: Double
    /// 95 of 100 draws of as many groups, with repetition, are within it (percentile bootstrap; Efron and
    /// Tibshirani 1993, chapter 13).
    package let interval: ClosedRange<Double>

    /// - Parameters:
    ///   - isRight: at least one judgement.
    ///   - groups: the judgements' groups, by number.
    package init(
        isRight: [Bool], groups: [Int], using generator: inout some RandomNumberGenerator
    ) {
        precondition(
            !isRight.isEmpty && isRight.count == groups.count, "a judgement has a group")
        var tallies: [Int: Tally] = [:]
        for (right, group) in zip(isRight, groups) {
            tallies[group, default: Tally()].right += right ? 1 : 0
            tallies[group, default: Tally()].all += 1
        }
        let all = tallies.sorted { $0.key < $1.key }.map(\.value)
        share = Self.share(of: all)
        var shares = (0..<Self.draws).map { _ in
            Self.share(of: all.map { _ in all[Int.random(in: 0..<all.count, using: &generator)] })
        }
        shares.sort()
        interval = shares[Self.draws / 40]...shares[Self.draws - 1 - Self.draws / 40]
    }

    private struct Tally {
        var right = 0
        var all = 0
    }

    private static func share(of tallies: [Tally]) -> Double {
        let all = tallies.reduce(0) { $0 + $1.all }
        return Double(tallies.reduce(0) { $0 + $1.right }) / Double(all)
    }
}
