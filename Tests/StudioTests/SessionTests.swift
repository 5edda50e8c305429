import Clara
import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import Library
import Studio
import Testing

/// Sessions and their trees.
@Suite struct SessionTests {
    private func notes(from bar: Int, pitch: Int = 60) -> [StudioNote] {
        (0..<4).map {
            StudioNote(pitch: pitch + $0, onset: Double(4 * (bar - 1) + $0), duration: 1)
        }
    }

    @Test func aSessionBeginsWithItsRoot() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"title":"A song","tempo":96,"meter":"3/4"}"#)
            #expect(session.title == "A song" && session.tempo == 96 && session.meter == "3/4")
            #expect(session.parts.map(\.name) == ["Piano"])
            #expect(session.nodes.map(\.id) == [session.root])
            #expect(session.nodes[0].parent == nil && session.nodes[0].kind == "root")
            #expect(session.created.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            #expect(try await client.session(again: session) == session)
        }
    }

    @Test func whatIsPlayedMayBringItsTempo() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let path = "/api/sessions/\(session.id)/nodes"
            func body(_ tempos: String) -> String {
                #"{"parent":"\#(session.root)","fromBar":1,"tempos":\#(tempos),"#
                    + #""notes":[{"pitch":60,"onset":0,"duration":1}]}"#
            }
            let answer = try await client.ask(.post, path, body(#"[{"onset":0,"tempo":90}]"#))
            #expect(answer.status == .created)
            let again = try await client.session(again: session)
            #expect(again.nodes.last?.tempos.map(\.tempo) == [90])
            let fast = try await client.ask(.post, path, body(#"[{"onset":0,"tempo":9000}]"#))
            #expect(fast.status == .badRequest)
            let early = try await client.ask(.post, path, body(#"[{"onset":-1,"tempo":90}]"#))
            #expect(early.status == .badRequest)
        }
    }

    /// Who did not hear the answer sends the passage again.
    @Test func aPassageThatIsSentAgainIsAddedOnce() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let other = try await client.session()
            func send(_ id: String, to session: SessionAnswer) async throws -> TestResponse {
                try await client.ask(
                    .post, "/api/sessions/\(session.id)/nodes",
                    #"{"id":"\#(id)","parent":"\#(session.root)","fromBar":1,"#
                        + #""notes":[{"pitch":60,"onset":0,"duration":1}]}"#)
            }
            let id = "0123456789ab"
            for _ in 1...2 {
                let answer = try await send(id, to: session)
                #expect(answer.status == .created)
                #expect(String(buffer: answer.body).contains(id))
            }
            #expect(try await client.session(again: session).nodes.map(\.id) == [session.root, id])
            // What was thrown away since stays away.
            let path = "/api/sessions/\(session.id)/nodes/\(id)"
            #expect(try await client.ask(.delete, path).status == .noContent)
            #expect(
                String(buffer: try await send(id, to: session).body).contains(#""deleted":true"#))
            #expect(try await send(id, to: other).status == .conflict)
            #expect(try await send(session.root, to: session).status == .conflict)
            for bad in [
                "", "0123456789a", "0123456789aB", "../../passwd",
                String(repeating: "a", count: 65),
            ] {
                #expect(try await send(bad, to: session).status == .badRequest, "\(bad)")
            }
        }
    }

    @Test func theMeterStaysOnceThereIsMusic() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let path = "/api/sessions/\(session.id)"
            let before = try await client.ask(.patch, path, #"{"meter":"3/4"}"#)
            #expect(before.status == .ok)
            _ = try await client.play(
                [StudioNote(pitch: 60, onset: 0, duration: 1)], after: session.root, from: 1,
                in: session)
            let after = try await client.ask(.patch, path, #"{"meter":"5/4"}"#)
            #expect(after.status == .conflict)
            #expect(
                try await client.ask(.patch, path, #"{"meter":"3/4","title":"A"}"#).status == .ok)
            #expect(try await client.session(again: session).meter == "3/4")
        }
    }

    @Test func everythingIsThereAfterReopening() async throws {
        let studio = try TestStudio()
        let before = try await studio.run { client in
            let session = try await client.session()
            let first = try await client.play(
                notes(from: 1), after: session.root, from: 1, in: session)
            let second = try await client.play(
                notes(from: 2), after: first.id, from: 2, in: session)
            _ = try await client.ask(
                .patch, "/api/sessions/\(session.id)/nodes/\(second.id)",
                #"{"name":"The turn","annotation":"Here I break away.","pinned":true}"#)
            let third = try await client.play(notes(from: 2), after: first.id, from: 2, in: session)
            _ = try await client.ask(
                .delete, "/api/sessions/\(session.id)/nodes/\(third.id)")
            _ = try await client.ask(.patch, "/api/sessions/\(session.id)", #"{"title":"Kept"}"#)
            return try await client.session(again: session)
        }
        #expect(before.title == "Kept")
        #expect(before.nodes.map(\.name) == ["", "", "The turn", ""])
        #expect(before.nodes.map(\.deleted) == [false, false, false, true])
        let after = try await studio.run { try await $0.session(again: before) }
        #expect(after == before)
    }

    /// A tree of a with b and c below, d below c.
    private func tree(_ client: StudioClient) async throws -> (SessionAnswer, [NodeAnswer]) {
        let session = try await client.session()
        let a = try await client.play(notes(from: 1), after: session.root, from: 1, in: session)
        let b = try await client.play(notes(from: 2), after: a.id, from: 2, in: session)
        let c = try await client.play(notes(from: 2), after: a.id, from: 2, in: session)
        let d = try await client.play(notes(from: 3), after: c.id, from: 3, in: session)
        return (session, [a, b, c, d])
    }

    @Test func aBranchThatIsRestoredIsAsItWas() async throws {
        try await TestStudio().run { client in
            let (session, nodes) = try await tree(client)
            let before = try await client.session(again: session)
            let path = "/api/sessions/\(session.id)/nodes"
            #expect(try await client.ask(.delete, "\(path)/\(nodes[0].id)").status == .noContent)
            let deleted = try await client.session(again: session)
            #expect(deleted.nodes.map(\.deleted) == [false, true, true, true, true])
            #expect(try await client.ask(.delete, "\(path)/\(nodes[3].id)").status == .notFound)
            #expect(try await client.ask(.post, "\(path)/\(nodes[0].id)/restore").status == .ok)
            #expect(try await client.session(again: session) == before)
        }
    }

    @Test func whatWasDeletedBeforeStaysDeleted() async throws {
        try await TestStudio().run { client in
            let (session, nodes) = try await tree(client)
            let path = "/api/sessions/\(session.id)/nodes"
            _ = try await client.ask(.delete, "\(path)/\(nodes[1].id)")
            _ = try await client.ask(.delete, "\(path)/\(nodes[0].id)")
            _ = try await client.ask(.post, "\(path)/\(nodes[0].id)/restore")
            let deleted = try await client.session(again: session).nodes.map(\.deleted)
            #expect(deleted == [false, false, true, false, false])
        }
    }

    @Test func aNodeComesBackWithWhatItHangsOn() async throws {
        try await TestStudio().run { client in
            let (session, nodes) = try await tree(client)
            let path = "/api/sessions/\(session.id)/nodes"
            _ = try await client.ask(.delete, "\(path)/\(nodes[3].id)")
            _ = try await client.ask(.delete, "\(path)/\(nodes[0].id)")
            _ = try await client.ask(.post, "\(path)/\(nodes[3].id)/restore")
            #expect(try await client.session(again: session).nodes.allSatisfy { !$0.deleted })
        }
    }

    @Test func theBeginningCannotBeDeletedButTheSessionCan() async throws {
        try await TestStudio().run { client in
            let (session, _) = try await tree(client)
            let path = "/api/sessions/\(session.id)"
            #expect(
                try await client.ask(.delete, "\(path)/nodes/\(session.root)").status == .conflict)
            let before = try await client.session(again: session)
            #expect(try await client.ask(.delete, path).status == .noContent)
            #expect(try await client.ask(.get, path).status == .notFound)
            struct Row: Decodable {}
            #expect(try await client.get(.get, "/api/sessions", as: [Row].self).isEmpty)
            #expect(try await client.ask(.post, "\(path)/restore").status == .ok)
            #expect(try await client.session(again: session) == before)
        }
    }

    @Test func theListTellsBarsAndTakes() async throws {
        struct Row: Decodable, Equatable {
            let id: String
            let nodes: Int
            let bars: Int
        }
        try await TestStudio().run { client in
            let (session, nodes) = try await tree(client)
            _ = try await client.ask(
                .delete, "/api/sessions/\(session.id)/nodes/\(nodes[3].id)")
            let rows = try await client.get(.get, "/api/sessions", as: [Row].self)
            #expect(rows == [Row(id: session.id, nodes: 3, bars: 2)])
        }
    }

    @Test func boundsAreTold() async throws {
        let studio = try TestStudio {
            $0.limits.sessions = 1
            $0.limits.nodesOfSession = 2
            $0.limits.notesOfNode = 4
            $0.limits.body = 1_000
        }
        try await studio.run { client in
            let session = try await client.session()
            let path = "/api/sessions"
            #expect(try await client.ask(.post, path, "{}").status == .conflict)
            let first = try await client.play(
                notes(from: 1), after: session.root, from: 1, in: session)
            let another = #"{"parent":"\#(first.id)","fromBar":2,"notes":[]}"#
            let full = try await client.ask(.post, "\(path)/\(session.id)/nodes", another)
            #expect(full.status == .conflict)
            let large = try await client.ask(
                .patch, "\(path)/\(session.id)",
                "{\"title\":\"\(String(repeating: "a", count: 2_000))\"}")
            #expect(large.status == .contentTooLarge)
            let five = Array(repeating: #"{"pitch":60,"onset":0,"duration":1}"#, count: 5)
            let tooMany = try await client.ask(
                .patch, "\(path)/\(session.id)/nodes/\(first.id)",
                "{\"notes\":[\(five.joined(separator: ","))]}")
            #expect(tooMany.status == .badRequest)
            #expect(String(buffer: tooMany.body).contains("4 notes, not 5"))
        }
    }

    @Test func aLockedFileIsToldAndLosesNothing() async throws {
        let studio = try TestStudio { $0.patience = 0.05 }
        try await studio.run { client in
            let session = try await client.session(#"{"title":"Before"}"#)
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(
                path: studio.settings.sessions, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            let path = "/api/sessions/\(session.id)"
            let refused = try await client.ask(.patch, path, #"{"title":"After"}"#)
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers[.retryAfter] != nil)
            #expect(String(buffer: refused.body).contains("Another program"))
            #expect(try await client.session(again: session).title == "Before")
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            #expect(try await client.ask(.patch, path, #"{"title":"After"}"#).status == .ok)
            #expect(try await client.session(again: session).title == "After")
        }
    }

    @Test func errorsOfAFullDiskMeanAFullDisk() {
        let sound = SoundError.unwritable(
            file: "a.wav", reason: "System error : No space left on device.")
        #expect(StudioError(sound) == .diskFull)
        for reason in ["No space left on device", "Disk quota exceeded", "disk I/O error"] {
            #expect(StudioError(OutputError.unwritable(path: "a.mid", reason: reason)) == .diskFull)
            #expect(StudioError(LibraryError.unusable(path: "l", reason: reason)) == .diskFull)
        }
        let forbidden = OutputError.unwritable(path: "a.mid", reason: "Permission denied")
        #expect(StudioError(forbidden).status == .internalServerError)
        for code in [ResultCode.SQLITE_FULL, .SQLITE_IOERR] {
            let error = StudioError(DatabaseError(resultCode: code))
            #expect(error == .diskFull && error.status.code == 507)
        }
    }

    @Test func anotherProgramsFileIsLeftAlone() throws {
        let studio = try TestStudio()
        let path = try studio.folder.write("", to: "other.sqlite")
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE mine (id)") }
        #expect(throws: StudioError.self) { try SessionStore(path: path) }
        let text = try studio.folder.write("no database at all, but a text", to: "text.sqlite")
        #expect(throws: StudioError.self) { try SessionStore(path: text) }
    }
}
