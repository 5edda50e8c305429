import Dispatch

/// Does both at once, on two cores where there are two; when both throw, the first one's error counts.
///
/// Neither may touch what the other changes.
func concurrently(
    _ first: () throws(SoundError) -> Void, _ second: () throws(SoundError) -> Void
) throws(SoundError) {
    // Safe: each thread calls one of the closures and writes one of the results, and both have ended
    // before this function goes on.
    nonisolated(unsafe) var former = Result<Void, SoundError>.success(())
    nonisolated(unsafe) var latter = Result<Void, SoundError>.success(())
    withoutActuallyEscaping(first) { first in
        withoutActuallyEscaping(second) { second in
            nonisolated(unsafe) let (first, second) = (first, second)
            DispatchQueue.concurrentPerform(iterations: 2) { index in
                if index == 0 {
                    former = Result(catching: first)
                } else {
                    latter = Result(catching: second)
                }
            }
        }
    }
    try former.get()
    try latter.get()
}
