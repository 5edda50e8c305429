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
        let bar = Int((passage.barLength * Double(stepsPerQuarter)).rounded())
        return !periods(of: content(of: passage), bar: bar).isEmpty
    }

    /// The periods, in steps, at which the last steps repeat themselves.
    ///
    /// - Parameters:
    ///   - steps: what is struck in each, MIDI note numbers, a bit each.
    ///   - bar: steps of a bar.
    func periods(of steps: [UInt128], bar: Int) -> [Int] {
        (1...max(1, longestPeriod * bar)).filter { period in
            let needed = max(repetitions * period, shortestStretch * bar)
            guard needed <= steps.count else { return false }
            var (common, all) = (0, 0)
            for later in steps.count - needed + period..<steps.count {
                common += (steps[later] & steps[later - period]).nonzeroBitCount
                all += (steps[later] | steps[later - period]).nonzeroBitCount
            }
            return all > 0 && Double(common) >= agreement * Double(all)
        }
    }

    /// The pitches struck in each step.
    private func content(of passage: Passage) -> [UInt128] {
        let count = Int((passage.length * Double(stepsPerQuarter)).rounded())
        var steps = [UInt128](repeating: 0, count: count)
        for note in passage.notes {
            let step = Int((note.onset * Double(stepsPerQuarter)).rounded())
            if step < count { steps[step] |= UInt128(1) << note.pitch }
        }
        return steps
    }
}
