/// How well a critic trained afresh tells what people wrote from what a machine wrote: a plain one, a
/// logistic regression on `CriticFeatures`, no network.
///
/// Cross-validated: the pieces are dealt to `folds` parts, and each part is judged by a critic that was
/// trained on the others. All that continues one piece is on one side.
package struct CriticTrial: Hashable, Sendable {
    private static let folds = 10
    /// Strong, as there are more figures than examples.
    private static let penalty = 0.3
    /// Draws of the bootstrap.
    private static let draws = 2_000

    /// The share that was told right, 0…1; chance is a half.
    package let accuracy: Double
    /// 95 of 100 draws of as many pieces, with repetition, are within it (percentile bootstrap; Efron and
    /// Tibshirani 1993, chapter 13).
    package let interval: ClosedRange<Double>

    /// - Parameters:
    ///   - human: vectors by `CriticFeatures`.
    ///   - machine: of as many.
    ///   - groups: the pieces that the ones and the others continue, by number.
    /// - Returns: nil with fewer than two pieces.
    package init?(
        human: [[Double]], machine: [[Double]], groups: [Int],
        using generator: inout some RandomNumberGenerator
    ) {
        precondition(
            human.count == groups.count && machine.count == groups.count,
            "a continuation has a piece")
        let pieces = Set(groups).sorted().shuffled(using: &generator)
        guard pieces.count >= 2 else { return nil }
        let folds = min(Self.folds, pieces.count)
        let fold = Dictionary(
            uniqueKeysWithValues: pieces.enumerated().map { ($1, $0 % folds) })
        var right: [Int: Int] = [:]
        var judged: [Int: Int] = [:]
        for part in 0..<folds {
            let training = groups.indices.filter { fold[groups[$0]] != part }
            let critic = LogisticRegression(
                examples: training.map { human[$0] } + training.map { machine[$0] },
                isSecond: training.map { _ in false } + training.map { _ in true },
                penalty: Self.penalty)
            for index in groups.indices where fold[groups[index]] == part {
                let told =
                    (critic.probabilityOfSecond(human[index]) < 0.5 ? 1 : 0)
                    + (critic.probabilityOfSecond(machine[index]) > 0.5 ? 1 : 0)
                right[groups[index], default: 0] += told
                judged[groups[index], default: 0] += 2
            }
        }
        let tallies = pieces.map { (right: right[$0] ?? 0, all: judged[$0] ?? 0) }
        accuracy = Self.share(of: tallies)
        var shares = (0..<Self.draws).map { _ in
            Self.share(
                of: pieces.map { _ in tallies[Int.random(in: 0..<pieces.count, using: &generator)] }
            )
        }
        shares.sort()
        interval = shares[Self.draws / 40]...shares[Self.draws - 1 - Self.draws / 40]
    }

    private static func share(of tallies: [(right: Int, all: Int)]) -> Double {
        let all = tallies.reduce(0) { $0 + $1.all }
        return Double(tallies.reduce(0) { $0 + $1.right }) / Double(all)
    }
}
