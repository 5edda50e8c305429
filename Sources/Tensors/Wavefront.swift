import Synchronization

/// A grid of tasks, each of which needs the one above it and the one to its left, done by a team: as
/// in a network of several recurrent layers, where layer l can do a stretch of time as soon as the
/// layer below has done it and it has done the stretch before.
///
/// What each task computes does not depend on who does it or when, so results are the same for any
/// number of threads.
package final class Wavefront {
    /// What the tasks of a run do. Not a closure, which would cost an allocation a run.
    package protocol Work {
        func perform(row: Int, column: Int)
    }

    private let team: ThreadTeam
    /// How many tasks of each row are done, over all runs.
    private let done: [Turnstile]
    private let ticket = Ticket()

    package init(rows: Int, team: ThreadTeam) {
        precondition(rows > 0, "a grid has at least one row")
        self.team = team
        done = (0..<rows).map { _ in Turnstile() }
    }

    /// Performs `work` for every row and column, and returns when all is done. Allocates nothing.
    package func run(columns: Int, _ work: some Work) {
        ticket.next.store(0, ordering: .relaxed)
        team.run(
            Job(done: done, ticket: ticket, columns: columns, start: done[0].value, task: work))
    }

    private final class Ticket: Sendable {
        let next = Atomic<Int>(0)
    }

    private struct Job<Task: Work>: TeamWork {
        let done: [Turnstile]
        let ticket: Ticket
        let columns: Int
        /// Every row's count before this run.
        let start: Int
        let task: Task

        /// Takes task after task, diagonal by diagonal, until none is left.
        func perform(as member: Int) {
            var mine = ticket.next.wrappingAdd(1, ordering: .relaxed).oldValue
            var index = 0
            for diagonal in 0..<done.count + columns - 1 {
                let rows = max(0, diagonal - columns + 1)...min(done.count - 1, diagonal)
                for row in rows {
                    defer { index += 1 }
                    guard index == mine else { continue }
                    perform(row: row, column: diagonal - row)
                    mine = ticket.next.wrappingAdd(1, ordering: .relaxed).oldValue
                }
            }
        }

        private func perform(row: Int, column: Int) {
            if row > 0 { done[row - 1].wait(until: start + column + 1) }
            done[row].wait(until: start + column)
            task.perform(row: row, column: column)
            done[row].advance()
        }
    }
}
