/// Timing of something that is done again and again.
enum Measuring {
    /// Seconds of each call of `step` after a first one that is not counted, for about `seconds`.
    static func repeating(
        forSeconds seconds: Double, atLeast count: Int = 3, _ step: () throws -> Void
    ) rethrows -> [Double] {
        try step()
        var times: [Double] = []
        var sum = 0.0
        while times.count < count || sum < seconds {
            let time = try timing(step)
            times.append(time)
            sum += time
        }
        return times
    }

    /// Seconds of one call.
    static func timing(_ step: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        return try clock.measure(step) / .seconds(1)
    }

    static func median(_ values: [Double]) -> Double {
        precondition(!values.isEmpty, "a median of nothing")
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
