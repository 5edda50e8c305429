import Clara
import Foundation
import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// Clara's answers, by the bundled voices.
@Suite struct TakeTests {
    private struct Begun: Decodable {
        let job: String
        let seeds: [Int]
        let parts: [StudioPart]
    }

    private struct Music: Decodable {
        struct Note: Decodable, Hashable {
            let id: Int
            let pitch: Int
            let onset: Double
            let duration: Double
            let velocity: Int
            let part: Int
            let open: Bool?

            var plain: StudioNote {
                StudioNote(
                    pitch: pitch, onset: onset, duration: duration, velocity: velocity, part: part)
            }
        }
        let take: Int
        let notes: [Note]
        let bar: Int
        let of: Int
    }

    private struct Whole: Decodable {
        let take: Int
        let node: NodeAnswer
    }

    private struct Judged: Decodable {
        let node: String
        let originality: NodeAnswer.Take.Originality?
        let human: Double?
    }

    private struct End: Decodable { let cancelled: Bool }

    private static let waltz = #"{"example":"waltz-in-a-minor"}"#

    @Test(arguments: ["piano", "duet", "jazz"])
    func takesAreToldNoteByNoteThenSaved(voice: String) async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let events = try await client.takes(
                #"{"voice":"\#(voice)","bars":4,"takes":2,"seed":7,"judge":false}"#,
                after: prompt.id, in: session)
            #expect(events.first?.name == "begun" && events.last?.name == "end")
            let begun = try events[0].decode(Begun.self)
            #expect(begun.seeds == [7, 8])
            var notes = [[Int: Music.Note]](repeating: [:], count: 2)
            var nodes: [Int: NodeAnswer] = [:]
            for event in events {
                switch event.name {
                case "notes":
                    let music = try event.decode(Music.self)
                    #expect(nodes[music.take] == nil, "notes come before their take")
                    #expect((9...12).contains(music.bar) && music.of == 12)
                    for note in music.notes { notes[music.take][note.id] = note }
                case "take":
                    let whole = try event.decode(Whole.self)
                    nodes[whole.take] = whole.node
                default: #expect(["begun", "end"].contains(event.name))
                }
            }
            let after = try await client.session(again: session)
            #expect(after.parts == begun.parts)
            for take in 0..<2 {
                let node = try #require(nodes[take])
                #expect(node.kind == "take" && node.parent == prompt.id)
                #expect(node.fromBar == 9 && node.bars == 4)
                #expect(node.take?.voice == voice && node.take?.seed == 7 + take)
                #expect(notes[take].values.allSatisfy { $0.open == nil })
                #expect(!node.notes.isEmpty)
                #expect(Set(notes[take].values.map(\.plain)) == Set(node.notes))
                #expect(node.notes.allSatisfy { $0.onset >= 24 && $0.onset < 36 })
                #expect(after.node(node.id) == node)
            }
        }
    }

    @Test func aSeedMakesATakeAgainFromWhateverIsRemembered() async throws {
        @Sendable func notes(
            _ client: StudioClient, _ bar: Int, in session: SessionAnswer
        ) async throws -> [StudioNote] {
            let prompt = try #require(session.nodes.last)
            let events = try await client.takes(
                #"{"bars":2,"takes":1,"seed":3,"fromBar":\#(bar),"judge":false}"#,
                after: prompt.id, in: session)
            let take = try #require(events.first { $0.name == "take" })
            return try take.decode(Whole.self).node.notes
        }
        let fresh = try await TestStudio().run { client in
            try await notes(client, 5, in: client.session(Self.waltz))
        }
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let whole = try await notes(client, 9, in: session)
            #expect(try await notes(client, 5, in: session) == fresh)
            #expect(try await notes(client, 9, in: session) == whole)
            #expect(fresh.allSatisfy { $0.onset >= 12 && $0.onset < 18 })
        }
    }

    @Test func aTakeOfATakeGoesOnFromIt() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            var node = try #require(session.nodes.last)
            for round in 0..<3 {
                let events = try await client.takes(
                    #"{"bars":2,"takes":1,"seed":\#(round),"judge":false}"#, after: node.id,
                    in: session)
                let take = try #require(events.first { $0.name == "take" })
                let next = try take.decode(Whole.self).node
                #expect(next.fromBar == 9 + 2 * round && next.parent == node.id)
                node = next
            }
            let piece = try await client.piece(at: node.id, in: session)
            let own = try await client.session(again: session).nodes.reduce(0) {
                $0 + $1.notes.count
            }
            #expect(piece.noteCount == own)
        }
    }

    @Test func claraBeginsWhereNothingIsYet() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"meter":"3/4","tempo":90}"#)
            let events = try await client.takes(
                #"{"bars":4,"takes":1,"seed":1,"fromBar":3,"judge":false,"steady":true}"#,
                after: session.root, in: session)
            let take = try #require(events.first { $0.name == "take" })
            let node = try take.decode(Whole.self).node
            #expect(node.fromBar == 3 && !node.notes.isEmpty)
            #expect(node.notes.allSatisfy { $0.onset >= 6 && $0.onset < 18 && $0.part == 0 })
            let first = try #require(events.first { $0.name == "notes" }).decode(Music.self)
            #expect(first.bar >= 3 && first.notes.allSatisfy { $0.onset >= 6 })
        }
    }

    @Test func aTakeIsJudged() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let events = try await client.takes(
                #"{"bars":8,"takes":1,"seed":1}"#, after: prompt.id, in: session)
            #expect(events.suffix(3).map(\.name) == ["take", "judged", "end"])
            let judged = try events[events.count - 2].decode(Judged.self)
            #expect(judged.originality != nil)
            #expect((0...1).contains(try #require(judged.human)))
            let node = try await client.session(again: session).node(judged.node)
            #expect(node?.take?.human == judged.human)
            #expect(node?.take?.originality == judged.originality)
        }
    }

    /// It learnt from pianos, and from eight bars.
    @Test(arguments: [
        #"{"voice":"duet","bars":8,"takes":1,"seed":1}"#, #"{"bars":2,"takes":1,"seed":1}"#,
    ])
    func theCriticIsSilentAboutWhatItDoesNotKnow(request: String) async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let events = try await client.takes(request, after: prompt.id, in: session)
            let judged = try #require(events.first { $0.name == "judged" }).decode(Judged.self)
            #expect(judged.human == nil && judged.originality != nil)
        }
    }

    @Test func aDuetVoiceBringsItsInstruments() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let events = try await client.takes(
                #"{"voice":"duet","bars":8,"takes":2,"seed":1,"judge":false}"#,
                after: session.root, in: session)
            let begun = try events[0].decode(Begun.self)
            #expect(begun.parts.map(\.program) == [0, 40])
            let takes = try events.filter { $0.name == "take" }.map { try $0.decode(Whole.self) }
            #expect(Set(takes.flatMap { $0.node.notes.map(\.part) }) == [0, 1])
        }
    }

    /// Takes so long that the request to cancel comes in time however busy the machine is.
    @Test func aCancelledJobEndsAtOnceAndKeepsWhatIsComplete() async throws {
        try await TestStudio { $0.limits.barsOfTake = 800 }.run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            async let stream = client.takes(
                #"{"bars":800,"takes":16,"seed":1}"#, after: prompt.id, in: session)
            while client.server.jobs.ids.isEmpty { await Task.yield() }
            let job = try #require(client.server.jobs.ids.first)
            #expect(try await client.ask(.delete, "/api/jobs/\(job)").status == .noContent)
            let events = try await stream
            #expect(try #require(events.last).decode(End.self).cancelled)
            let complete = events.count { $0.name == "take" }
            #expect(complete < 16)
            let nodes = try await client.session(again: session).nodes
            #expect(nodes.count == 2 + complete)
            while !client.server.jobs.ids.isEmpty { await Task.yield() }
            #expect(try await client.ask(.delete, "/api/jobs/\(job)").status == .notFound)
        }
    }

    @Test func noMoreJobsRunThanThereMay() async throws {
        try await TestStudio { $0.limits.jobs = 1 }.run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            async let stream = client.takes(
                #"{"bars":64,"takes":16}"#, after: prompt.id, in: session)
            while client.server.jobs.ids.isEmpty { await Task.yield() }
            let refused = try await client.ask(
                .post, "/api/sessions/\(session.id)/nodes/\(prompt.id)/takes", "{}")
            #expect(refused.status == .tooManyRequests)
            for job in client.server.jobs.ids {
                _ = try await client.ask(.delete, "/api/jobs/\(job)")
            }
            _ = try await stream
        }
    }

    @Test func aJobThatHasWrittenGivesItsPlaceAway() throws {
        let board = JobBoard(limit: 1)
        let first = try board.begin()
        #expect(throws: StudioError.self) { try board.begin() }
        first.endWriting()
        let second = try board.begin()
        try board.cancel(first.id)
        #expect(first.isCancelled && !second.isCancelled)
        #expect(board.ids.count == 2)
    }

    /// A part that is taken away while a take for it is written comes back with the take.
    @Test func aTakeBringsItsPartsBack() async throws {
        try await TestStudio { $0.cores = 1 }.run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            // Nothing is written meanwhile.
            client.server.turns.begin(.music)
            async let stream = client.takes(
                #"{"voice":"duet","bars":2,"takes":1,"judge":false}"#, after: prompt.id,
                in: session)
            do {
                defer { client.server.turns.end() }
                while try await client.session(again: session).parts.count == session.parts.count {
                    await Task.yield()
                }
                let parts = String(
                    decoding: try JSONEncoder().encode(session.parts), as: UTF8.self)
                let change = try await client.ask(
                    .patch, "/api/sessions/\(session.id)", "{\"parts\":\(parts)}")
                #expect(change.status == .ok)
            }
            #expect(try await stream.contains { $0.name == "take" })
            let after = try await client.session(again: session)
            #expect(after.parts.count > session.parts.count)
            let used = after.nodes.flatMap(\.notes).map(\.part).max() ?? 0
            #expect(used < after.parts.count)
        }
    }

    @Test func severalJobsGoOnTogether() async throws {
        try await TestStudio { $0.cores = 1 }.run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let takes = try await withThrowingTaskGroup(of: Int.self) { group in
                for seed in 0..<6 {
                    group.addTask {
                        let events = try await client.takes(
                            #"{"bars":4,"takes":2,"seed":\#(seed),"judge":false}"#,
                            after: prompt.id, in: session)
                        return events.count { $0.name == "take" }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(takes == 12)
        }
    }

    private static let left = [
        #"{"bars":64,"takes":16}"#,
        // Every number at its end.
        #"{"bars":64,"takes":16,"fromBar":10000,"temperature":100,"topK":10000,"topP":1,"minP":0,"#
            + #""choiceFrequency":1,"repetitionPenalty":100,"noRepeat":10000,"repeats":10000,"#
            + #""seed":9007199254740977,"original":true,"steady":true}"#,
    ]

    /// Over a socket, as a page that is closed.
    @Test(.timeLimit(.minutes(1)), arguments: left)
    func aClientThatVanishesFreesItsJob(asked: String) async throws {
        try await TestStudio().run(.live) { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let port = try #require(client.client.port)
            let connection = try RawConnection.takes(
                asked, after: prompt.id, in: session.id, port: port)
            #expect(try await connection.receive(until: "event: notes").contains("200 OK"))
            #expect(client.server.jobs.ids.count == 1)
            connection.close()
            let start = ContinuousClock.now
            while !client.server.jobs.ids.isEmpty, start.duration(to: .now) < .seconds(10) {
                await Task.yield()
            }
            #expect(client.server.jobs.ids.isEmpty)
            #expect(start.duration(to: .now) < .seconds(1))
        }
    }
}
