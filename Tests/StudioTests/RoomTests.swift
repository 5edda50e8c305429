import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// What is kept is bounded, and what was deleted makes room.
@Suite struct RoomTests {
    private let note = [StudioNote(pitch: 60, onset: 0, duration: 1)]

    @Test func whatWasDeletedMakesRoomForPassages() async throws {
        try await TestStudio { $0.limits.nodesOfSession = 3 }.run { client in
            let session = try await client.session()
            let first = try await client.play(note, after: session.root, from: 1, in: session)
            let second = try await client.play(note, after: session.root, from: 1, in: session)
            let path = "/api/sessions/\(session.id)/nodes"
            _ = try await client.ask(.delete, "\(path)/\(first.id)")
            let third = try await client.play(note, after: session.root, from: 1, in: session)
            let kept = try await client.session(again: session).nodes.map(\.id)
            #expect(kept == [session.root, second.id, third.id])
            #expect(try await client.ask(.post, "\(path)/\(first.id)/restore").status == .notFound)
        }
    }

    @Test func whatWasDeletedMakesRoomForSessions() async throws {
        try await TestStudio { $0.limits.sessions = 2 }.run { client in
            let first = try await client.session()
            let second = try await client.session()
            #expect(try await client.ask(.post, "/api/sessions", "{}").status == .conflict)
            _ = try await client.ask(.delete, "/api/sessions/\(first.id)")
            let third = try await client.session()
            let restored = try await client.ask(.post, "/api/sessions/\(first.id)/restore")
            #expect(restored.status == .notFound)
            struct Row: Decodable { let id: String }
            let rows = try await client.get(.get, "/api/sessions", as: [Row].self)
            #expect(Set(rows.map(\.id)) == [second.id, third.id])
        }
    }

    @Test func aSessionHasABoundOfBytes() async throws {
        try await TestStudio { $0.limits.bytesOfSession = 2_000 }.run { client in
            let session = try await client.session()
            let notes = Array(repeating: note[0], count: 20)
            _ = try await client.play(notes, after: session.root, from: 1, in: session)
            await #expect(throws: StudioClient.Failure.self) {
                try await client.play(notes, after: session.root, from: 1, in: session)
            }
            let nodes = try await client.session(again: session).nodes
            #expect(nodes.count == 2)
            let path = "/api/sessions/\(session.id)/nodes/\(nodes[1].id)"
            let more = String(
                decoding: try JSONEncoder().encode(notes + notes), as: UTF8.self)
            let refused = try await client.ask(.patch, path, "{\"notes\":\(more)}")
            #expect(refused.status == .conflict)
            #expect(String(buffer: refused.body).contains("no room left"))
            #expect(try await client.session(again: session).nodes == nodes)
        }
    }

    /// A file that the first version wrote.
    @Test func anOlderFileLearnsTheSizesOfItsNodes() async throws {
        let studio = try TestStudio()
        let path = try studio.folder.write("", to: "old.sqlite")
        let music = #"{"notes":[],"pedals":[],"tempos":[],"meters":[]}"#
        let old = try DatabaseQueue(path: path)
        try SessionSchema.migrator.migrate(old, upTo: "Sessions and nodes")
        try await old.write { database in
            try database.execute(
                sql: """
                    INSERT INTO session (id, title, created, changed, tempo, meter, parts, root)
                    VALUES ('s', 'Old', '', '', 120, '4/4', '[]', 'r');
                    INSERT INTO node (id, session, kind, name, annotation, pinned, fromBar, bars,
                        music, raw, created)
                    VALUES ('r', 's', 'root', '', '', 0, 1, 0, '\(music)', '[]', '')
                    """)
        }
        let session = try await SessionStore(path: path).session("s")
        #expect(session.nodes.map(\.id) == ["r"])
        let size = try await old.read { try Int.fetchOne($0, sql: "SELECT size FROM node") }
        #expect(size == music.utf8.count + 2)
    }

    @Test func takesThatCannotBeKeptAreNotWritten() async throws {
        try await TestStudio { $0.limits.nodesOfSession = 3 }.run { client in
            let session = try await client.session()
            let first = try await client.play(note, after: session.root, from: 1, in: session)
            let refused = try await client.ask(
                .post, "/api/sessions/\(session.id)/nodes/\(first.id)/takes", #"{"takes":2}"#)
            #expect(refused.status == .conflict)
            #expect(refused.headers[.retryAfter] == nil)
            #expect(client.server.jobs.ids.isEmpty)
        }
    }

    @Test func partsGoThatNoMusicUses() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let path = "/api/sessions/\(session.id)"
            let piano = #"{"name":"Piano","program":0}"#
            let two = #"{"parts":[\#(piano),{"name":"Violin","program":40}]}"#
            #expect(try await client.ask(.patch, path, two).status == .ok)
            let one = #"{"parts":[\#(piano)]}"#
            #expect(try await client.ask(.patch, path, one).status == .ok)
            #expect(try await client.ask(.patch, path, two).status == .ok)
            let violin = [StudioNote(pitch: 60, onset: 0, duration: 1, part: 1)]
            _ = try await client.play(violin, after: session.root, from: 1, in: session)
            let refused = try await client.ask(.patch, path, one)
            #expect(refused.status == .conflict)
            #expect(try await client.session(again: session).parts.count == 2)
        }
    }

    /// A file that cannot be put where it was to go changes nothing.
    @Test func aFileThatIsRefusedLeavesTheSessionAsItWas() async throws {
        let waltz = try Data(
            contentsOf: URL(fileURLWithPath: TestStudio.root + "/Examples/waltz-in-a-minor.mid"))
        try await TestStudio { $0.limits.nodesOfSession = 1 }.run { client in
            let session = try await client.session()
            let response = try await client.client.execute(
                uri: "/api/sessions/\(session.id)/nodes", method: .post,
                headers: [.contentType: "audio/midi"], body: ByteBuffer(bytes: waltz))
            #expect(response.status == .conflict)
            #expect(try await client.session(again: session) == session)
        }
    }
}
