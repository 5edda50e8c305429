/// Guesses where bars begin, for a piece may begin with an upbeat: at the place in the period where
/// most has changed so far.
package struct PhaseFinder: Sendable {
    package let period: Int
    private var changes: [Int]
    private var peak = 0

    package init(period: Int) {
        precondition(period > 0, "a period has a length")
        self.period = period
        changes = Array(repeating: 0, count: period)
    }

    /// Takes in that so much changed at `step`.
    package mutating func note(_ amount: Int, at step: Int) {
        let place = step % period
        changes[place] += amount
        if changes[place] > changes[peak] { peak = place }
    }

    /// How far `step` is from the latest beginning, 0 ..< period.
    package func phase(at step: Int) -> Int { (step + period - peak) % period }

    package mutating func reset() {
        for place in changes.indices { changes[place] = 0 }
        peak = 0
    }
}
