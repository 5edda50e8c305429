import Synchronization
import Tensors
import Testing

@Suite struct WavefrontTests {
    /// A grid whose every task notes its turn.
    final class Grid: Wavefront.Work, Sendable {
        struct Turn: Hashable {
            let row: Int
            let column: Int
        }

        let turns = Mutex<[Turn]>([])

        func perform(row: Int, column: Int) {
            turns.withLock { $0.append(Turn(row: row, column: column)) }
        }
    }

    @Test(arguments: [1, 2, 3, 5], [(1, 1), (4, 16), (5, 2), (1, 7), (3, 1)])
    func everyTaskIsDoneOnceAndAfterThoseItNeeds(threads: Int, size: (rows: Int, columns: Int)) {
        let wavefront = Wavefront(rows: size.rows, team: ThreadTeam(threads: threads))
        for _ in 0..<20 {
            let grid = Grid()
            wavefront.run(columns: size.columns, grid)
            var done: Set<Grid.Turn> = []
            for turn in grid.turns.withLock({ $0 }) {
                #expect(
                    turn.row == 0 || done.contains(.init(row: turn.row - 1, column: turn.column)))
                #expect(
                    turn.column == 0
                        || done.contains(.init(row: turn.row, column: turn.column - 1)))
                done.insert(turn)
            }
            #expect(done.count == size.rows * size.columns)
            #expect(grid.turns.withLock { $0.count } == done.count)
        }
    }

    @Test func aGridMayHaveMoreOrFewerColumnsTheNextTime() {
        let wavefront = Wavefront(rows: 3, team: ThreadTeam(threads: 2))
        for columns in [4, 1, 9, 2] {
            let grid = Grid()
            wavefront.run(columns: columns, grid)
            #expect(grid.turns.withLock { $0.count } == 3 * columns)
        }
    }
}
