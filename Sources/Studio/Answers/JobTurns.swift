import Dispatch
import Synchronization

/// Lets jobs compute in turns, as many at once as there are places, so that all go on together: those
/// that have not given their first note come first, then the one that has waited longest.
///
/// Jobs call from threads of their own, which wait here.
package final class JobTurns: Sendable {
    /// How soon a job comes: the lower, the sooner.
    package enum Urgency: Int, Sendable {
        case firstNote, music, afterwards
    }

    private struct Waiting {
        let urgency: Urgency
        let place: DispatchSemaphore
    }

    private struct State {
        var free: Int
        /// In the order in which they came.
        var waiting: [Waiting] = []

        /// The one that comes next.
        mutating func next() -> Waiting? {
            guard
                let index = waiting.indices.min(by: {
                    (waiting[$0].urgency.rawValue, $0) < (waiting[$1].urgency.rawValue, $1)
                })
            else { return nil }
            return waiting.remove(at: index)
        }
    }

    private let state: Mutex<State>

    /// How many wait for a turn.
    package var waiting: Int { state.withLock(\.waiting.count) }

    /// - Parameter places: jobs that compute at once, at least 1.
    package init(places: Int) {
        precondition(places >= 1, "someone must be able to compute")
        state = Mutex(State(free: places))
    }

    /// Waits for a turn.
    package func begin(_ urgency: Urgency) {
        let place: DispatchSemaphore? = state.withLock { state in
            guard state.free == 0 else {
                state.free -= 1
                return nil
            }
            let place = DispatchSemaphore(value: 0)
            state.waiting.append(Waiting(urgency: urgency, place: place))
            return place
        }
        place?.wait()
    }

    /// Gives the turn to the next.
    package func end() {
        let next: Waiting? = state.withLock { state in
            let next = state.next()
            if next == nil { state.free += 1 }
            return next
        }
        next?.place.signal()
    }

    /// Lets others have the turn where someone more urgent waits, or, when this job has had its share,
    /// someone as urgent.
    ///
    /// - Returns: whether the turn went away and came back.
    package func pass(_ urgency: Urgency, hasHadShare: Bool) -> Bool {
        let place: DispatchSemaphore? = state.withLock { state in
            let isWanted = state.waiting.contains {
                $0.urgency.rawValue < urgency.rawValue
                    || hasHadShare && $0.urgency.rawValue == urgency.rawValue
            }
            guard isWanted, let next = state.next() else { return nil }
            let place = DispatchSemaphore(value: 0)
            state.waiting.append(Waiting(urgency: urgency, place: place))
            next.place.signal()
            return place
        }
        place?.wait()
        return place != nil
    }
}
