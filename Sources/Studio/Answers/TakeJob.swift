import Clara
import Synchronization

/// A job that writes takes: what is told of it, and whether it is to stop.
package final class TakeJob: Sendable {
    enum Event: Sendable {
        case music([WrittenNote], [TempoMap.Change], take: Int, at: Ticks)
        case complete(Take, take: Int)
        case judged(take: Int, TakeFacts.Originality?, human: Double?)
        case failed(String)
    }

    package let id: String
    let mailbox = Mailbox<Event>()
    private let stop = StopFlag()
    private weak let board: JobBoard?

    init(id: String, on board: JobBoard) {
        self.id = id
        self.board = board
    }

    // Nobody has the job any more, whether it began or not.
    deinit { board?.remove(id) }

    /// Gives its place to another job; it can still be cancelled while its takes are judged.
    package func endWriting() { board?.endWriting(id) }

    package var isCancelled: Bool { stop.isRaised }

    /// Stops it at the next token.
    func cancel() { stop.raise() }
}

/// The jobs that are running.
package final class JobBoard: Sendable {
    private struct Entry: Sendable {
        weak let job: TakeJob?
        var isWriting = true
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let limit: Int

    /// - Parameter limit: of jobs that write at the same time.
    package init(limit: Int) { self.limit = limit }

    /// Of the jobs that are running.
    package var ids: [String] { entries.withLock { Array($0.keys) } }

    /// A job that is known until nobody has it any more.
    ///
    /// - Throws: `StudioError.busy` where too many write.
    package func begin() throws(StudioError) -> TakeJob {
        let job = TakeJob(id: SessionStore.newID(), on: self)
        let isThere = entries.withLock { entries in
            guard entries.values.count(where: \.isWriting) < limit else { return false }
            entries[job.id] = Entry(job: job)
            return true
        }
        guard isThere else {
            throw .busy("Clara is writing \(limit) things at once already; try again in a moment.")
        }
        return job
    }

    fileprivate func remove(_ id: String) { entries.withLock { $0[id] = nil } }

    fileprivate func endWriting(_ id: String) { entries.withLock { $0[id]?.isWriting = false } }

    /// - Throws: `StudioError.notFound` where it has ended.
    package func cancel(_ id: String) throws(StudioError) {
        guard let job = entries.withLock({ $0[id]?.job }) else {
            throw .notFound("This job has ended already.")
        }
        job.cancel()
    }

    func cancelAll() {
        for entry in entries.withLock({ Array($0.values) }) { entry.job?.cancel() }
    }
}
