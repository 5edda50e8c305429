import Dispatch
import Foundation

/// Work that takes a while, on threads that no request waits on.
enum Background {
    /// Does `work` on a thread of its own.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            thread { continuation.resume(with: Result(catching: work)) }
        }
    }

    /// Does `work` on a queue, after what was put there before.
    static func run<Value: Sendable>(
        on queue: DispatchQueue, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }

    /// Lets the system prefer other threads to this one from now on, where it can.
    static func yieldToOthers() {
        #if os(Linux)
            // There a process of number 0 is the calling thread.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        #endif
    }

    /// Starts a thread.
    static func thread(_ work: @escaping @Sendable () -> Void) {
        let thread = Thread(block: work)
        thread.stackSize = 4 << 20
        thread.start()
    }
}
