import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// What cannot be saved is told, and what was saved stays.
@Suite struct FullDiskTests {
    /// Lets the file of sessions grow by so many pages at most; nil for as many as it likes.
    private func allow(pages: Int?, _ client: StudioClient) async throws {
        try await client.server.store.write { database in
            let used = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let limit = pages.map { used + $0 } ?? 1_000_000
            try database.execute(sql: "PRAGMA max_page_count = \(limit)")
        }
    }

    /// Some seven kilobytes of music.
    private func passage(after parent: String) throws -> String {
        let notes = (0..<100).map { StudioNote(pitch: 60, onset: Double($0), duration: 1) }
        let text = String(decoding: try JSONEncoder().encode(notes), as: UTF8.self)
        return "{\"parent\":\"\(parent)\",\"fromBar\":1,\"notes\":\(text)}"
    }

    @Test func aFullDiskLosesNothingThatWasSaved() async throws {
        let studio = try TestStudio()
        let before = try await studio.run { client in
            let session = try await client.session()
            try await allow(pages: 12, client)
            let path = "/api/sessions/\(session.id)/nodes"
            let body = try passage(after: session.root)
            var answer = try await client.ask(.post, path, body)
            var saved = 0
            while answer.status == .created, saved < 100 {
                saved += 1
                answer = try await client.ask(.post, path, body)
            }
            #expect(saved > 0 && answer.status.code == 507)
            #expect(String(buffer: answer.body).contains("The disk is full"))
            let full = try await client.session(again: session)
            #expect(full.nodes.count == 1 + saved)
            #expect(full.nodes.dropFirst().allSatisfy { $0.notes.count == 100 })
            return full
        }
        let after = try await studio.run { client in
            #expect(try await client.session(again: before) == before)
            let path = "/api/sessions/\(before.id)/nodes"
            let body = try passage(after: before.root)
            #expect(try await client.ask(.post, path, body).status == .created)
            return try await client.session(again: before)
        }
        #expect(after.nodes.dropLast() == before.nodes[...])
    }

    @Test func aTakeThatCannotBeSavedIsTold() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"example":"waltz-in-a-minor"}"#)
            let prompt = try #require(session.nodes.last)
            try await allow(pages: 0, client)
            let asked = #"{"bars":16,"takes":1,"seed":1,"judge":false}"#
            let events = try await client.takes(asked, after: prompt.id, in: session)
            #expect(events.suffix(2).map(\.name) == ["failed", "end"])
            let failure = String(decoding: events[events.count - 2].data, as: UTF8.self)
            #expect(failure.contains("The disk is full"))
            #expect(try await client.session(again: session).nodes == session.nodes)
            try await allow(pages: nil, client)
            let take = try await client.take(asked, after: prompt.id, in: session)
            #expect(try await client.session(again: session).node(take.id) == take)
        }
    }

    /// Another program has the file when the take is complete, for longer than a request waits.
    @Test func aTakeWaitsForALockedFile() async throws {
        let studio = try TestStudio {
            $0.cores = 1
            // As long as the test itself may be kept waiting by others between two requests.
            $0.patience = 1.5
        }
        try await studio.run { client in
            let session = try await client.session(#"{"example":"waltz-in-a-minor"}"#)
            let prompt = try #require(session.nodes.last)
            let turns = client.server.turns
            // The take waits for its turn until the file is locked.
            turns.begin(.music)
            async let take = client.take(
                #"{"bars":1,"takes":1,"seed":1,"judge":false}"#, after: prompt.id, in: session)
            while turns.waiting == 0 { await Task.yield() }
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(
                path: studio.settings.sessions, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            turns.end()
            await turnAfterwards(turns)
            // One writes after the other, so the second is refused after the take was.
            for _ in 0..<2 {
                let refused = try await client.ask(
                    .patch, "/api/sessions/\(session.id)", #"{"title":"No"}"#)
                #expect(refused.status == .serviceUnavailable)
            }
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            let node = try await take
            #expect(try await client.session(again: session).node(node.id) == node)
        }
    }

    /// Waits until nobody writes.
    private func turnAfterwards(_ turns: JobTurns) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                turns.begin(.afterwards)
                turns.end()
                continuation.resume()
            }
        }
    }
}
