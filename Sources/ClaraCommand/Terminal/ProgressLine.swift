import Foundation
import Synchronization

/// One line on standard error that is written over and over; nothing where nobody watches.
///
/// Safe to use from several threads.
final class ProgressLine: Sendable {
    private struct State {
        var isShown = false
        var latest: ContinuousClock.Instant?
    }

    /// Between two refreshes; more often would only flicker.
    private static let interval = Duration.milliseconds(100)
    private static let eraseLine = "\r\u{1B}[K"

    private let terminal: Terminal
    private let clock = ContinuousClock()
    private let state = Mutex(State())

    init(on terminal: Terminal) { self.terminal = terminal }

    /// Shows `text`, cut to the terminal's width, unless the last refresh was a moment ago.
    func show(_ text: @autoclosure () -> String) {
        guard terminal.isWatched else { return }
        state.withLock { state in
            if let latest = state.latest, clock.now - latest < Self.interval { return }
            write(text(), &state)
        }
    }

    /// Shows `text` whenever the last refresh was: something else begins.
    func showNow(_ text: String) {
        guard terminal.isWatched else { return }
        state.withLock { write(text, &$0) }
    }

    private func write(_ text: String, _ state: inout State) {
        terminal.writeError(Self.eraseLine + text.prefix(terminal.width - 1))
        state.isShown = true
        state.latest = clock.now
    }

    /// Takes the line away, so that other text can be written.
    func clear() {
        state.withLock { state in
            if state.isShown { terminal.writeError(Self.eraseLine) }
            state.isShown = false
            state.latest = nil
        }
    }

    /// Writes a line of the result above the progress.
    func say(_ line: String) throws {
        clear()
        try terminal.say(line)
    }
}
