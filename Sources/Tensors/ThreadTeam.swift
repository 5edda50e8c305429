import Foundation
import Synchronization

/// A fixed number of threads that do the same work together, each its own share: for the few
/// microseconds long pieces of a network's step, where queues of tasks cost more than the work.
///
/// The caller is member 0; the others are threads of the team's, which sleep between runs and end
/// with the team. Neither `run(with:_:)` nor `barrier()` allocates memory.
package final class ThreadTeam: Sendable {
    private let crew: Crew
    private let isRunning = Atomic<Bool>(false)

    /// How many members a run has, the caller included.
    package var threads: Int { crew.size }

    /// The processors that this process may use.
    package static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// - Parameter threads: at least 1, which starts no thread.
    package init(threads: Int) {
        precondition(threads >= 1, "a team has at least one member")
        crew = Crew(size: threads)
        for member in 1..<max(2, threads) where threads > 1 {
            let thread = Thread { [crew] in crew.serve(as: member) }
            thread.name = "clara-\(member)"
            thread.start()
        }
    }

    deinit { crew.dismiss() }

    /// Runs `body` once for each member, 0..<threads, and returns when all have done.
    ///
    /// One run at a time: a body that starts another run, or a second thread that does, traps. See
    /// `runIfFree`. The closure costs one small allocation; see `run(with:_:)`.
    package func run(_ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in run(with: body) { body, member in body(member) } }
    }

    /// The same without an allocation, where `body` captures nothing and finds all in `context`.
    package func run<Context>(with context: Context, _ body: @escaping (Context, Int) -> Void) {
        let isFree = runIfFree(with: context, body)
        precondition(isFree, "a team does one run at a time")
    }

    /// The same for a value that knows its work. Allocates nothing in generic code either, where a
    /// closure is allocated because it carries its types along.
    package func run(_ work: some TeamWork) {
        let isFree = !isRunning.exchange(true, ordering: .acquiring)
        precondition(isFree, "a team does one run at a time")
        defer { isRunning.store(false, ordering: .releasing) }
        var job = WorkJob(work: work)
        withUnsafePointer(to: &job) { crew.work(on: $0, as: type(of: job)) }
    }

    /// The same, or nothing when another thread has the team just now.
    ///
    /// - Returns: whether the body was run.
    package func runIfFree<Context>(
        with context: Context, _ body: @escaping (Context, Int) -> Void
    ) -> Bool {
        guard !isRunning.exchange(true, ordering: .acquiring) else { return false }
        defer { isRunning.store(false, ordering: .releasing) }
        var job = Job(context: context, body: body)
        withUnsafePointer(to: &job) { crew.work(on: $0, as: Job<Context>.self) }
        return true
    }

    /// Inside a body: waits until every member has come here as often as this one.
    package func barrier() { crew.barrier() }
}

/// Work that the members of a team share.
package protocol TeamWork {
    /// Does the share of a member, counted from 0.
    func perform(as member: Int)
}

private struct WorkJob<Work: TeamWork>: AnyJob {
    let work: Work

    static func perform(_ job: UnsafeRawPointer, as member: Int) {
        job.assumingMemoryBound(to: Self.self).pointee.work.perform(as: member)
    }
}

/// What one run does, seen by the other threads through a pointer to the caller's stack.
private struct Job<Context>: AnyJob {
    let context: Context
    let body: (Context, Int) -> Void

    static func perform(_ job: UnsafeRawPointer, as member: Int) {
        let job = job.assumingMemoryBound(to: Job.self)
        job.pointee.body(job.pointee.context, member)
    }
}

private protocol AnyJob {
    static func perform(_ job: UnsafeRawPointer, as member: Int)
}

/// What the threads of a team hold: not the team itself, so that it can end.
///
/// Safe to share: `job` and `kind` are written by the caller before `start` advances and read by the
/// others after; they are done with them when they reach the run's last barrier.
private final class Crew: @unchecked Sendable {
    let size: Int
    private let start = Turnstile()
    private let together = Turnstile()
    private let arrived = Atomic<Int>(0)
    /// Where and what the run's job is; nil tells the threads to end.
    private var job: UnsafeRawPointer?
    private var kind: (any AnyJob.Type)?

    init(size: Int) { self.size = size }

    func work<J: AnyJob>(on job: UnsafePointer<J>, as kind: J.Type) {
        guard size > 1 else { return J.perform(job, as: 0) }
        self.job = UnsafeRawPointer(job)
        self.kind = kind
        start.advance()
        J.perform(job, as: 0)
        barrier()
    }

    func dismiss() {
        guard size > 1 else { return }
        job = nil
        start.advance()
        barrier()
    }

    func serve(as member: Int) {
        var seen = 0
        while true {
            start.wait(whileAt: seen)
            seen += 1
            guard let job, let kind else { return barrier() }
            kind.perform(job, as: member)
            barrier()
        }
    }

    func barrier() {
        guard size > 1 else { return }
        let turn = together.value
        if arrived.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue == size {
            arrived.store(0, ordering: .relaxed)
            together.advance()
        } else {
            together.wait(whileAt: turn)
        }
    }
}
