/// How well a critic trained afresh tells what people wrote from what a machine wrote: a plain one, a
/// logistic regression on `CriticFeatures`, no network.
///
/// Cross-validated: the pieces are dealt to `folds` parts, and each part is judged by a critic that was
/// trained on the others. All that continues one piece is on one side.
package struct CriticTrial: Hashable, Sendable {
    private static let folds = 10
    /// Strong, as there are more figures than examples.
    private static let penalty = 0.3

    /// The share that was told right, 0…1; chance is a half.
    package let accuracy: Double
    /// Of 95 %, by drawing pieces: see `GroupedShare`.
    package let interval: ClosedRange<Double>
    /// What each number of a vector does to tell them, (d): how much it adds to the critic's log odds from a
    /// person's vector to the machine's of the same prompt, the mean over all that were judged. Together
    /// they are the mean difference of the log odds.
    package let separation: [Double]

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
        var isRight: [Bool] = []
        var judged: [Int] = []
        var separation = [Double](repeating: 0, count: human[0].count)
        for part in 0..<folds {
            let training = groups.indices.filter { fold[groups[$0]] != part }
            let critic = LogisticRegression(
                examples: training.map { human[$0] } + training.map { machine[$0] },
                isSecond: training.map { _ in false } + training.map { _ in true },
                penalty: Self.penalty)
            for index in groups.indices where fold[groups[index]] == part {
                isRight += [
                    critic.probabilityOfSecond(human[index]) < 0.5,
                    critic.probabilityOfSecond(machine[index]) > 0.5,
                ]
                judged += [groups[index], groups[index]]
                let shift = critic.shift(from: human[index], to: machine[index])
                for number in shift.indices {
                    separation[number] += shift[number] / Double(groups.count)
                }
            }
        }
        let share = GroupedShare(isRight: isRight, groups: judged, using: &generator)
        (accuracy, interval) = (share.share, share.interval)
        self.separation = separation
    }
}
