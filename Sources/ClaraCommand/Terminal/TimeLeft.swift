import Foundation

/// Estimates how long a task goes on from the share of it that is done.
struct TimeLeft: Sendable {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init() { start = clock.now }

    /// Seconds since the start.
    var secondsPassed: Double { (clock.now - start) / .seconds(1) }

    /// “35 %, 2 min 10 s left”; without the time as long as nothing is known about it.
    func text(share: Double) -> String {
        let percent = "\(Int((share * 100).rounded(.down))) %"
        let passed = secondsPassed
        guard share > 0, passed > 1 else { return percent }
        return "\(percent), \(Self.text(seconds: passed / share - passed)) left"
    }

    /// “1 h 05 min”, “2 min 10 s” or “7 s”.
    static func text(seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
        let whole = Int(max(0, seconds).rounded())
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        if hours > 0 { return "\(hours) h \(minutes < 10 ? "0" : "")\(minutes) min" }
        let rest = whole % 60
        return minutes > 0 ? "\(minutes) min \(rest < 10 ? "0" : "")\(rest) s" : "\(rest) s"
    }
}
