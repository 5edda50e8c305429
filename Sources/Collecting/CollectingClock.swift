import Foundation

/// Time as a collector knows it.
package protocol CollectingClock {
    var now: Date { get }
    func wait(seconds: Double)
}

/// The system's time.
package struct SystemClock: CollectingClock {
    package init() {}
    package var now: Date { Date() }
    package func wait(seconds: Double) { Thread.sleep(forTimeInterval: seconds) }
}

extension CollectingClock {
    /// Waits in steps of two seconds, so that nobody who wants to stop waits to the end.
    func pause(
        _ seconds: Double, for site: Site, _ isToStop: () -> Bool,
        _ onEvent: (Collector.Event) -> Void
    ) throws(WebVisitor.Refusal) {
        let step = 2.0
        if seconds > step { onEvent(.waiting(site: "\(site)", seconds: seconds)) }
        let end = now.addingTimeInterval(seconds)
        while true {
            let rest = end.timeIntervalSince(now)
            guard rest > 0 else { return }
            if rest > step, isToStop() { throw .stopped }
            wait(seconds: min(rest, step))
        }
    }
}
