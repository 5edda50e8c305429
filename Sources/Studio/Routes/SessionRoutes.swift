import Foundation
import Hummingbird

/// Sessions, and the examples that they may begin with.
struct SessionRoutes: Sendable {
    let store: SessionStore
    let examples: ExampleShelf
    let limits: StudioLimits

    func add(to router: Router<BasicRequestContext>) {
        router.get("/api/examples") { _, _ in JSON.response(examples.rows) }
        router.get("/api/sessions") { _, _ in JSON.response(try await store.sessions()) }
        router.post("/api/sessions") { request, _ in
            JSON.response(try await make(request), status: .created)
        }
        router.get("/api/sessions/:session") { _, context in
            JSON.response(try await store.session(context.parameter("session")))
        }
        router.patch("/api/sessions/:session") { request, context in
            let change = try await request.json(Draft.self, limits: limits).change(limits)
            _ = try await store.change(context.parameter("session"), change)
            return JSON.response(try await store.session(context.parameter("session")))
        }
        router.delete("/api/sessions/:session") { _, context in
            try await store.delete(context.parameter("session"))
            return Response(status: .noContent)
        }
        router.post("/api/sessions/:session/restore") { _, context in
            try await store.restore(context.parameter("session"))
            return JSON.response(try await store.session(context.parameter("session")))
        }
    }

    /// What a client says of a session.
    private struct Draft: Decodable {
        var title: String?
        var tempo: Double?
        var meter: String?
        var parts: [StudioPart]?
        /// The name of an example to begin with.
        var example: String?

        func change(_ limits: StudioLimits) throws(StudioError) -> SessionChange {
            var change = SessionChange()
            if let title {
                change.title = try MusicCheck.text(title, "title", most: MusicCheck.longestName)
            }
            if let tempo { change.tempo = try MusicCheck.tempo(tempo) }
            if let meter { change.meter = try MusicCheck.meter(meter).description }
            if let parts { change.parts = try MusicCheck.parts(parts, limits: limits) }
            return change
        }
    }

    private func make(_ request: Request) async throws -> StudioSession {
        let buffer = try await request.body.collect(upTo: limits.body)
        let draft =
            buffer.readableBytes == 0 ? Draft() : try JSON.decode(Draft.self, from: buffer)
        let change = try draft.change(limits)
        var session = SessionDraft()
        guard let name = draft.example else {
            session.title = change.title ?? session.title
            session.tempo = change.tempo ?? session.tempo
            session.meter = change.meter ?? session.meter
            session.parts = change.parts ?? session.parts
            return try await store.add(session)
        }
        let (data, title) = try examples.file(named: name)
        let file = try await Background.run { [limits] in
            try FileMusic(data, named: name, limits: limits)
        }
        session.title = change.title ?? title
        session.tempo = file.tempo
        session.meter = file.meter
        session.parts = file.parts
        return try await store.add(session, beginningWith: file)
    }
}
