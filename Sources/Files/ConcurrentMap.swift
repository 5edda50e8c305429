import Dispatch
import Synchronization

extension RandomAccessCollection where Self: Sendable, Element: Sendable, Index == Int {
    /// What `body` makes of each element, in their order, by all cores: for reading many files.
    ///
    /// - Parameter progress: called from several threads with the number of elements done and of all.
    package func concurrentMap<Result: Sendable>(
        progress: @Sendable (Int, Int) -> Void = { _, _ in }, _ body: @Sendable (Element) -> Result
    ) -> [Result] {
        let state = Mutex((results: [Result?](repeating: nil, count: count), done: 0))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = body(self[startIndex + index])
            let done = state.withLock { state in
                state.results[index] = result
                state.done += 1
                return state.done
            }
            progress(done, count)
        }
        return state.withLock { $0.results.compactMap(\.self) }
    }
}
