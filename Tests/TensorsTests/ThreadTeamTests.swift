import Foundation
import Synchronization
import Tensors
import Testing

@Suite struct ThreadTeamTests {
    @Test(arguments: [1, 2, 3, 8]) func everyMemberRunsOnceInEveryRun(threads: Int) {
        let team = ThreadTeam(threads: threads)
        let counts = FloatBuffer(zeros: threads)
        for _ in 0..<1000 { team.run { counts.base[$0] += 1 } }
        #expect(Array(counts) == [Float](repeating: 1000, count: threads))
    }

    /// Each member reads what its neighbour wrote before the barrier.
    @Test(arguments: [1, 2, 3, 8]) func nobodyPassesABarrierBeforeAllHaveCome(threads: Int) {
        let team = ThreadTeam(threads: threads)
        let (values, wrong) = (FloatBuffer(zeros: threads), FloatBuffer(zeros: threads))
        team.run { member in
            for round in 0..<1000 {
                values.base[member] = Float(round)
                team.barrier()
                if values.base[(member + 1) % threads] != Float(round) { wrong.base[member] += 1 }
                team.barrier()
            }
        }
        #expect(Array(wrong) == [Float](repeating: 0, count: threads))
    }

    @Test func membersAreDifferentThreadsAndTheCallerIsTheFirst() {
        let team = ThreadTeam(threads: 3)
        let threads = Mutex<[Int: ObjectIdentifier]>([:])
        team.run { member in
            threads.withLock { $0[member] = ObjectIdentifier(Thread.current) }
        }
        let found = threads.withLock { $0 }
        #expect(Set(found.values).count == 3)
        #expect(found[0] == ObjectIdentifier(Thread.current))
    }

    /// Long enough for every member to fall asleep before the last comes.
    @Test func sleepersWakeUp() {
        let team = ThreadTeam(threads: 2)
        let sums = FloatBuffer(zeros: 2)
        for slow in [0, 1, 0, 1] {
            team.run { member in
                if member == slow {
                    let end = ContinuousClock.now + .milliseconds(5)
                    while ContinuousClock.now < end {}
                }
                team.barrier()
                sums.base[member] += 1
            }
        }
        #expect(Array(sums) == [4, 4])
    }

    /// The threads hold what they work on only as long as the team lives.
    @Test func threadsEndWithTheirTeam() {
        let before = Self.threadCount
        for _ in 0..<100 { ThreadTeam(threads: 5).run { _ in } }
        // The last ones may still be on their way out.
        #expect(Self.threadCount < before + 100)
    }

    @Test func aTeamThatIsBusySaysSo() {
        let team = ThreadTeam(threads: 2)
        let inner = FloatBuffer(zeros: 1)
        let outer = team.runIfFree(with: inner) { _, member in
            guard member == 0 else { return }
            let wasFree = team.runIfFree(with: inner) { buffer, _ in buffer.base[0] = 1 }
            #expect(!wasFree)
        }
        #expect(outer)
        #expect(inner.base[0] == 0)
        #expect(team.runIfFree(with: inner) { _, _ in })
    }

    private static var threadCount: Int {
        #if os(Linux)
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task"))?.count ?? 0
        #else
            0
        #endif
    }
}
