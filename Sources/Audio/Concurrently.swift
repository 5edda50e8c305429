import Dispatch
import Synchronization

/// Does `body` for 0, 1, … `count` − 1 at once, on as many cores as there are, the lowest numbers first;
/// when several throw, the lowest number's error counts.
///
/// None may touch what another one changes. Not to be nested: Dispatch does inner ones one after another.
func concurrently(
    _ count: Int, _ body: (Int) throws(SoundError) -> Void
) throws(SoundError) {
    let first = Mutex<(index: Int, error: SoundError)?>(nil)
    withoutActuallyEscaping(body) { body in
        // Safe: all calls have ended before this function goes on, and none touches what others change.
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: count) { index in
            do throws(SoundError) {
                try body(index)
            } catch {
                first.withLock { if index < $0?.index ?? .max { $0 = (index, error) } }
            }
        }
    }
    if let (_, error) = first.withLock({ $0 }) { throw error }
}
