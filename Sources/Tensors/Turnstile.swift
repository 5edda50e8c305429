import CKernels
import Foundation
import Synchronization

/// A count that threads wait to see changed: they spin a moment, give way to others a few times, and
/// then sleep, so that a wait costs less than a microsecond where it is short and no processor's time
/// where it is long.
final class Turnstile: Sendable {
    private let count = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let condition = NSCondition()

    /// Together some 100 to 200 µs: longer than it takes the caller to sample a batch's tokens, as to
    /// sleep and be woken again can take as long. In the later part others may have the processor.
    private static let spins = 1000
    private static let yields = 400

    var value: Int { count.load(ordering: .acquiring) }

    /// Lets everyone through who waits for the count to change.
    func advance() {
        // Sequentially consistent, as in `wait`: either the sleeper sees the new count, or this sees
        // the sleeper.
        count.wrappingAdd(1, ordering: .sequentiallyConsistent)
        guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// Returns once the count is at least `least`.
    func wait(until least: Int) {
        var seen = value
        while seen < least {
            wait(whileAt: seen)
            seen = value
        }
    }

    /// Returns once the count is no longer `old`.
    func wait(whileAt old: Int) {
        for _ in 0..<Self.spins {
            if value != old { return }
            clara_spin_hint()
        }
        for _ in 0..<Self.yields {
            if value != old { return }
            sched_yield()
        }
        condition.lock()
        sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
        while count.load(ordering: .sequentiallyConsistent) == old { condition.wait() }
        sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        condition.unlock()
    }
}
