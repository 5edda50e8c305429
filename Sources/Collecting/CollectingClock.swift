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
