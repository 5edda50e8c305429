import Clara
import Foundation
import Hummingbird
import HummingbirdTesting
import Studio
import TestSupport
import Testing

/// What is asked for is what a take is made by.
@Suite struct AskingTests {
    private static let waltz = #"{"example":"waltz-in-a-minor"}"#

    private func body(seed: Int = 5, bars: Int = 4, _ settings: String = "") -> String {
        "{\"bars\":\(bars),\"takes\":1,\"seed\":\(seed),\"judge\":false"
            + (settings.isEmpty ? "}" : ",\(settings)}")
    }

    static let settings = [
        #""temperature":1.4"#, #""topK":2"#, #""topP":0.3"#, #""minP":0.5"#,
        #""choiceFrequency":0.2"#, #""repetitionPenalty":3"#, #""noRepeat":4"#,
        #""noRepeat":4,"repeats":2"#, #""style":"chopin""#,
    ]

    @Test func aSettingMakesAnotherTakeAndTheSameOneAgain() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            var heard: Set<[StudioNote]> = []
            let asked = [body(), body(seed: 6)] + Self.settings.map { body($0) }
            for body in asked {
                let take = try await client.take(body, after: prompt.id, in: session)
                let again = try await client.take(body, after: prompt.id, in: session)
                #expect(take.notes == again.notes, "\(body)")
                #expect(heard.insert(take.notes).inserted, "\(body) changed nothing")
            }
        }
    }

    /// Who always takes the likeliest token goes round sooner or later.
    @Test func barsGoRoundOnlyWhereTheyMay() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"example":"sonatina-in-c"}"#)
            let prompt = try #require(session.nodes.last)
            var heard: [[StudioNote]] = []
            for loops in ["", #","loops":false"#, #","loops":true"#] {
                let asked = body(bars: 12, #""choiceFrequency":0,"noRepeat":10000"# + loops)
                heard.append(try await client.take(asked, after: prompt.id, in: session).notes)
            }
            #expect(heard[0] == heard[1] && heard[0] != heard[2])
        }
    }

    @Test func aTakeTellsHowItWasMade() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let asked = body(
                seed: 9,
                #""voice":"piano","style":"Chopin","temperature":0.75,"topK":40,"topP":0.95,"#
                    + #""minP":0.125,"choiceFrequency":0.5,"repetitionPenalty":1.25,"#
                    + #""noRepeat":24,"repeats":3,"loops":true,"original":true,"steady":true"#)
            let made = try await client.take(asked, after: prompt.id, in: session)
            let node = try await client.session(again: session).node(made.id)
            let take = try #require(node?.take)
            #expect(take.voice == "piano" && take.style == "chopin" && take.seed == 9)
            #expect(take.temperature == 0.75 && take.topK == 40 && take.topP == 0.95)
            #expect(take.minP == 0.125 && take.choiceFrequency == 0.5)
            #expect(take.repetitionPenalty == 1.25 && take.noRepeat == 24 && take.repeats == 3)
            #expect(take.loops == true && take.original && take.steady)
        }
    }

    @Test func aPromptIsReadOnce() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let first = try await client.take(body(), after: prompt.id, in: session)
            let known = try await client.server.statesRemembered(by: "piano")
            #expect(known > 0)
            _ = try await client.take(body(seed: 6), after: prompt.id, in: session)
            #expect(try await client.server.statesRemembered(by: "piano") == known)
            _ = try await client.take(body(), after: first.id, in: session)
            #expect(try await client.server.statesRemembered(by: "piano") > known)
        }
    }

    /// The voice is said to have learnt from the very take that it writes.
    @Test func aCopyIsFoundAndCanBeForbidden() async throws {
        let models = try TemporaryFolder()
        let voice = models.file("piano.safetensors")
        try FileManager.default.copyItem(
            atPath: TestStudio.root + "/Models/piano.safetensors", toPath: voice)
        let studio = try TestStudio {
            $0.models = ModelLocator(
                environment: ["CLARA_MODELS": models.path], currentFolder: models.path,
                executable: models.file("clara-studio"))
        }
        let known = try await studio.run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            let take = try await client.take(body(bars: 16), after: prompt.id, in: session)
            let piece = try await client.piece(at: take.id, in: session)
            let file = try models.write(MIDIFile.write(piece), to: "known.mid")
            try OriginalityIndexing([file]).run().write(
                to: OriginalitySource.path(besideModel: voice))
            return take
        }
        try await studio.run { client in
            let session = try await client.session(Self.waltz)
            let prompt = try #require(session.nodes.last)
            @Sendable func judged(_ settings: String) async throws -> NodeAnswer {
                let asked = "{\"bars\":16,\"takes\":1,\"seed\":5\(settings)}"
                let take = try await client.take(asked, after: prompt.id, in: session)
                return try #require(try await client.session(again: session).node(take.id))
            }
            let copy = try await judged("")
            #expect(copy.notes == known.notes)
            let found = try #require(copy.take?.originality)
            #expect(found.notes > CopiedRun.phrase && !found.near)
            #expect(try #require(found.source).contains("known.mid, bar 9"))
            let own = try await judged(#","original":true"#)
            #expect(own.notes != known.notes)
            #expect(try #require(own.take?.originality).notes <= CopiedRun.phrase)
        }
    }
}
