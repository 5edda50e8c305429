import Clara
import Synchronization

/// A job that writes takes: what is told of it, and whether it is to stop.
final class TakeJob: Sendable {
    enum Event: Sendable {
        case music([WrittenNote], [TempoMap.Change], take: Int, at: Ticks)
        case complete(Take, take: Int)
        case judged(take: Int, TakeFacts.Originality?, human: Double?)
        case failed(String)
    }

    let id: String
    let mailbox = Mailbox<Event>()
    private let stop = StopFlag()
    private let leave: @Sendable (String) -> Void

    /// - Parameter leave: called when nobody has the job any more, whether it began or not.
    init(id: String, leave: @escaping @Sendable (String) -> Void) {
        self.id = id
        self.leave = leave
    }

    deinit { leave(id) }

    var isCancelled: Bool { stop.isRaised }

    /// Stops it at the next token.
    func cancel() { stop.raise() }
}

/// The jobs that are running.
package final class JobBoard: Sendable {
    private struct Entry: Sendable {
        weak let job: TakeJob?
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Of the jobs that are running.
    package var ids: [String] { entries.withLock { Array($0.keys) } }

    /// A job that counts until nobody has it any more.
    ///
    /// - Throws: `StudioError.full` where too many run.
    func begin() throws(StudioError) -> TakeJob {
        let job = TakeJob(id: SessionStore.newID()) { [weak self] id in self?.remove(id) }
        let isThere = entries.withLock { entries in
            guard entries.count < limit else { return false }
            entries[job.id] = Entry(job: job)
            return true
        }
        guard isThere else {
            throw .full("Clara is writing \(limit) things at once already; try again in a moment.")
        }
        return job
    }

    private func remove(_ id: String) { entries.withLock { $0[id] = nil } }

    /// - Throws: `StudioError.notFound` where it has ended.
    func cancel(_ id: String) throws(StudioError) {
        guard let job = entries.withLock({ $0[id]?.job }) else {
            throw .notFound("This job has ended already.")
        }
        job.cancel()
    }

    func cancelAll() {
        for entry in entries.withLock({ Array($0.values) }) { entry.job?.cancel() }
    }
}
