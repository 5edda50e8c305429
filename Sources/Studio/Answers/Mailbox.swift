import Synchronization

/// Hands things from a thread that must not wait to a task that does, in order.
final class Mailbox<Element: Sendable>: Sendable {
    private let waiting = Mutex<[Element]>([])
    /// Rings when something lies in the box, and ends when nothing more comes. For one listener.
    let bell: AsyncStream<Void>
    private let ringer: AsyncStream<Void>.Continuation

    init() {
        (bell, ringer) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func post(_ element: Element) {
        waiting.withLock { $0.append(element) }
        ringer.yield()
    }

    func close() { ringer.finish() }

    /// All that has come since the last time.
    func takeAll() -> [Element] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
