/// The music ends by repeating itself and does not get away from it.
///
/// Time is cut into `stepsPerQuarter` steps a quarter, and a step's content is the set of pitches
/// struck in it; durations do not count. There is a loop where some period from 1 step up to
/// `longestPeriod` bars fits the passage's end, its last stretch of `repetitions` periods or
/// `shortestStretch` bars, whichever is longer: compared with the stretch one period earlier, at
/// least the share `agreement` of all that is struck in either is struck in both (Σ|a ∩ b| / Σ|a ∪ b|
/// over the steps after the first period).
///
/// All that is struck counts, melody and accompaniment: an Alberti bass or a waltz's left hand goes
/// on for pages, but under a tune that moves. With an agreement of 1 only exact repetition would
/// count; a model that samples is stuck long before that, with a note changed here and there. Of
/// composers' continuations of 16 bars about 0.3 % end in what counts as a loop here.
public struct EndlessLoop: FaultDetector, Hashable {
    public let repetitions: Int
    /// In bars.
    public let longestPeriod: Int
    /// In bars.
    public let shortestStretch: Int
    /// 0…1
    public let agreement: Double
    public let stepsPerQuarter: Int

    public init(
        repetitions: Int = 4, longestPeriod: Int = 2, shortestStretch: Int = 4,
        agreement: Double = 0.8, stepsPerQuarter: Int = 12
    ) {
        precondition(
            repetitions >= 2 && longestPeriod >= 1 && shortestStretch >= 1 && stepsPerQuarter >= 1,
            "a loop is something that comes twice")
        precondition(agreement > 0 && agreement <= 1, "an agreement is a share")
        self.repetitions = repetitions
        self.longestPeriod = longestPeriod
        self.shortestStretch = shortestStretch
        self.agreement = agreement
        self.stepsPerQuarter = stepsPerQuarter
    }

    public func isFound(in passage: Passage) -> Bool {
        let steps = content(of: passage)
        let bar = Int((passage.barLength * Double(stepsPerQuarter)).rounded())
        return (1...max(1, longestPeriod * bar)).contains { period in
            let needed = max(repetitions * period, shortestStretch * bar)
            guard needed <= steps.count else { return false }
            let stretch = steps.suffix(needed)
            var common = 0
            var all = 0
            for (earlier, later) in zip(stretch, stretch.dropFirst(period)) {
                let shared = later.count { earlier.contains($0) }
                common += shared
                all += earlier.count + later.count - shared
            }
            return all > 0 && Double(common) >= agreement * Double(all)
        }
    }

    /// The pitches struck in each step.
    private func content(of passage: Passage) -> [Set<Int>] {
        let count = Int((passage.length * Double(stepsPerQuarter)).rounded())
        var steps = [Set<Int>](repeating: [], count: count)
        for note in passage.notes {
            let step = Int((note.onset * Double(stepsPerQuarter)).rounded())
            if step < count { steps[step].insert(note.pitch) }
        }
        return steps
    }
}
