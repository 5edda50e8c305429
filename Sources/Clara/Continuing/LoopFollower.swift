/// Follows music while it is written, step by step, and says which notes would go on with what the last bars
/// have repeated already: what `EndlessLoop` would find a bar or two later.
///
/// A value for each stream; copying it forks the stream.
struct LoopFollower: StrikeRule {
    /// A loop, but a repetition and a bar shorter: the next would make it one.
    private static let loop = EndlessLoop(repetitions: 3, shortestStretch: 3)

    /// Steps of a bar.
    private let bar: Int
    private let start: Int
    /// What was struck in each step from `start` on, MIDI note numbers, a bit each.
    private var struck: [UInt128] = []
    /// Periods, in steps, at which the latest bars repeat themselves.
    private var periods: [Int] = []

    /// - Parameters:
    ///   - bar: steps of a bar.
    ///   - start: the step where the new music begins; what was before is not Clara's to vary.
    init(bar: Int, from start: Int) {
        self.bar = bar
        self.start = start
    }

    mutating func add(_ pitches: UInt128, at step: Int) {
        guard pitches != 0, step >= start else { return }
        reach(step)
        if struck.count == step - start { struck.append(0) }
        struck[step - start] |= pitches
    }

    mutating func reach(_ step: Int) {
        let count = step - start
        guard count > struck.count else { return }
        struck += Array(repeating: 0, count: count - struck.count)
        periods = Self.loop.periods(of: struck, bar: bar)
    }

    func isTooMuch(_ pitches: UInt128, at step: Int) -> Bool {
        guard pitches != 0, step >= start else { return false }
        return periods.contains { period in
            let earlier = step - start - period
            return earlier >= 0 && struck[earlier] & pitches != 0
        }
    }
}
