import ArgumentParser
import Foundation
import Synchronization

/// Ctrl-C (SIGINT) and the system's request to end (SIGTERM), for a task that first puts its work in
/// safety. Before `postpone`, and at a later second request, the program ends at once.
final class StopRequest: Sendable {
    private struct State {
        var isPostponed = false
        var signal: Int32?
        var time: ContinuousClock.Instant?
    }

    /// Terminals, shells and `timeout` send one request to a program several times over.
    private static let echo = Duration.seconds(1)

    private let state = Mutex(State())
    private let onFirst: @Sendable () -> Void
    // Never touched after `init`; kept alive only.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// - Parameter onFirst: called when a request is postponed, on another thread.
    init(onFirst: @escaping @Sendable () -> Void) {
        self.onFirst = onFirst
        let numbers = [SIGINT, SIGTERM]
        // The dispatch sources only see what the default actions do not.
        for number in numbers { Foundation.signal(number, SIG_IGN) }
        sources = numbers.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        for (source, number) in zip(sources, numbers) {
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.activate()
        }
    }

    /// The signal that asked to stop, or nil.
    var signal: Int32? { state.withLock { $0.signal } }

    /// From now on the task looks at `signal` itself.
    func postpone() { state.withLock { $0.isPostponed = true } }

    /// Says what became of the work; the code to end with, for Ctrl-C the one that shells expect.
    func farewell(_ text: String) -> ExitCode {
        Terminal().remark("clara: \(text)")
        return ExitCode(signal == SIGINT ? 130 : 1)
    }

    private func receive(_ number: Int32) {
        let now = ContinuousClock.now
        let (isFirst, isEcho) = state.withLock { state in
            guard state.isPostponed else { return (false, false) }
            if let time = state.time { return (false, now - time < Self.echo) }
            state.signal = number
            state.time = now
            return (true, false)
        }
        if isFirst { return onFirst() }
        if !isEcho { Self.end(by: number) }
    }

    /// Ends the program as the signal would have, so that a shell sees why.
    private static func end(by number: Int32) {
        Foundation.signal(number, SIG_DFL)
        kill(getpid(), number)
    }
}
