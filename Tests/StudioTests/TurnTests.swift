import Foundation
import Studio
import Testing

/// Who computes when.
@Suite struct TurnTests {
    /// Lets jobs of these urgencies wait one after the other, and tells in which order they come.
    private func order(_ urgencies: [JobTurns.Urgency]) async -> [Int] {
        let turns = JobTurns(places: 1)
        let (came, arrivals) = AsyncStream.makeStream(of: Int.self)
        turns.begin(.music)
        for (index, urgency) in urgencies.enumerated() {
            Thread.detachNewThread {
                turns.begin(urgency)
                arrivals.yield(index)
                turns.end()
            }
            while turns.waiting <= index { await Task.yield() }
        }
        turns.end()
        return await came.prefix(urgencies.count).reduce(into: []) { $0.append($1) }
    }

    @Test func whoHasNoNoteYetComesFirst() async {
        let order = await order([.music, .afterwards, .firstNote, .music, .firstNote])
        #expect(order == [2, 4, 0, 3, 1])
    }

    @Test func aTurnIsKeptWhereNobodyWaits() {
        let turns = JobTurns(places: 2)
        turns.begin(.music)
        #expect(!turns.pass(.music, hasHadShare: true))
        turns.end()
        turns.begin(.afterwards)
        turns.begin(.afterwards)
        #expect(turns.waiting == 0)
    }

    @Test func aTurnGoesToWhoeverIsMoreUrgentAndComesBack() async {
        let turns = JobTurns(places: 1)
        turns.begin(.music)
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                turns.begin(.music)
                turns.end()
                continuation.resume()
            }
            while turns.waiting == 0 { sched_yield() }
            #expect(!turns.pass(.firstNote, hasHadShare: true), "nobody as urgent waits")
            #expect(!turns.pass(.music, hasHadShare: false))
            #expect(turns.pass(.music, hasHadShare: true))
        }
        turns.end()
    }
}
