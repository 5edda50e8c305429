import Clara
import Foundation
import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// Names in all languages, and what files are called after them.
@Suite struct NameTests {
    private static let dream = String(repeating: "夢", count: 120)

    @Test func namesAreCountedInCharacters() async throws {
        try await TestStudio().run { client in
            let session = try await client.session("{\"title\":\"\(Self.dream)\"}")
            #expect(session.title == Self.dream)
            let node = try await client.play(
                [StudioNote(pitch: 60, onset: 0, duration: 1)], after: session.root, from: 1,
                in: session)
            let path = "/api/sessions/\(session.id)/nodes/\(node.id)"
            let named = try await client.ask(.patch, path, "{\"name\":\"\(Self.dream)\"}")
            #expect(named.status == .ok)
            let long = String(repeating: "🎹", count: 201)
            for (path, field, name) in [
                ("/api/sessions/\(session.id)", "title", "title"), (path, "name", "name"),
            ] {
                let refused = try await client.ask(.patch, path, "{\"\(field)\":\"\(long)\"}")
                #expect(refused.status == .badRequest)
                let text = "The \(name) may have 200 characters, not 201."
                #expect(String(buffer: refused.body).contains(text))
            }
        }
    }

    private func file(
        _ score: Score, named name: String, in session: SessionAnswer, _ client: StudioClient
    ) async throws -> TestResponse {
        let query = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await client.client.execute(
            uri: "/api/sessions/\(session.id)/nodes?name=\(query)", method: .post,
            headers: [.contentType: "audio/midi"],
            body: ByteBuffer(bytes: MIDIFile.write(score)))
    }

    @Test func aFilesLongNamesAreCutBetweenLetters() async throws {
        // Five of Unicode's characters each.
        let family = "👩‍👩‍👦"
        let waltz = try MIDIFile.read(
            contentsOf: TestStudio.root + "/Examples/waltz-in-a-minor.mid"
        ).score
        var score = waltz
        score.parts[0].name = String(repeating: "a", count: 300)
        try await TestStudio().run { [score] client in
            let session = try await client.session()
            let name = "ab" + String(repeating: family, count: 60)
            let answer = try await file(score, named: name, in: session, client)
            #expect(answer.status == .created)
            let after = try await client.session(again: session)
            #expect(after.nodes.last?.name == "ab" + String(repeating: family, count: 39))
            #expect(after.parts[0].name == String(repeating: "a", count: 200))
            let parts = String(decoding: try JSONEncoder().encode(after.parts), as: UTF8.self)
            let kept = try await client.ask(
                .patch, "/api/sessions/\(session.id)", "{\"parts\":\(parts)}")
            #expect(kept.status == .ok)
        }
    }

    @Test(arguments: [(5, 64), (100, 4)])
    func aFileInAMeterThatThePageCannotShowIsRefused(beats: Int, unit: Int) async throws {
        let waltz = try MIDIFile.read(
            contentsOf: TestStudio.root + "/Examples/waltz-in-a-minor.mid"
        ).score
        let strange = try #require(Meter(beats, unit))
        var score = waltz
        score.meterMap = MeterMap(
            waltz.meterMap.changes + [.init(tick: Ticks(waltz.end.count / 2), meter: strange)])
        try await TestStudio().run { [score] client in
            let session = try await client.session()
            let answer = try await file(score, named: "Odd", in: session, client)
            #expect(answer.status == .badRequest)
            #expect(String(buffer: answer.body).contains("Odd: has bars of \(strange.numerator)/"))
        }
    }

    @Test func everyTakeHasAFileOfItsOwn() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"example":"waltz-in-a-minor"}"#)
            let prompt = try #require(session.nodes.last)
            let path = "/api/sessions/\(session.id)/nodes"
            @Sendable func file(_ node: String) async throws -> String? {
                let answer = try await client.ask(.get, "\(path)/\(node)/export")
                return answer.headers[.contentDisposition]
            }
            #expect(try await file(prompt.id) == "attachment; filename=\"waltz-in-a-minor.mid\"")
            let asked = #"{"bars":1,"takes":1,"judge":false}"#
            var takes: [NodeAnswer] = []
            for _ in 0..<3 {
                takes.append(try await client.take(asked, after: prompt.id, in: session))
            }
            _ = try await client.ask(.delete, "\(path)/\(takes[0].id)")
            let note = [StudioNote(pitch: 60, onset: 27, duration: 1)]
            let played = try await client.play(
                note, after: takes[1].id, from: 10, bars: 2, in: session)
            let again = try await client.play(
                note, after: takes[2].id, from: 10, bars: 2, in: session)
            let twin = try await client.play(
                note, after: takes[2].id, from: 10, bars: 2, in: session)
            for (name, mark) in [("", "take-a"), ("夢", "take-a"), ("The turn!", "the-turn")] {
                _ = try await client.ask(
                    .patch, "\(path)/\(takes[1].id)", "{\"name\":\"\(name)\"}")
                #expect(
                    try await file(takes[1].id)
                        == "attachment; filename=\"waltz-in-a-minor-\(mark).mid\"")
            }
            for (node, mark) in [
                (takes[2], "take-b"), (played, "bars-10-11"), (again, "bars-10-11-a"),
                (twin, "bars-10-11-b"),
            ] {
                #expect(
                    try await file(node.id)
                        == "attachment; filename=\"waltz-in-a-minor-\(mark).mid\"")
            }
        }
    }
}
