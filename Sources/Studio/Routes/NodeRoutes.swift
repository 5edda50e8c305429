import Dispatch
import Foundation
import Hummingbird
import Score

/// The passages and takes of a session.
struct NodeRoutes: Sendable {
    let store: SessionStore
    let limits: StudioLimits
    /// One file is read at a time.
    private let reading = DispatchQueue(label: "clara.studio.reading")

    func add(to router: Router<BasicRequestContext>) {
        router.post("/api/sessions/:session/nodes") { request, context in
            let session = try context.parameter("session")
            let type = request.headers[.contentType] ?? ""
            let node =
                type.hasPrefix("audio/")
                ? try await file(request, in: session) : try await played(request, in: session)
            return JSON.response(node, status: .created)
        }
        router.patch("/api/sessions/:session/nodes/:node") { request, context in
            let (session, node) = try (context.parameter("session"), context.parameter("node"))
            return JSON.response(try await change(request, node, in: session))
        }
        router.delete("/api/sessions/:session/nodes/:node") { _, context in
            try await store.delete(context.parameter("node"), in: context.parameter("session"))
            return Response(status: .noContent)
        }
        router.post("/api/sessions/:session/nodes/:node/restore") { _, context in
            let session = try context.parameter("session")
            return JSON.response(
                try await store.restore(context.parameter("node"), in: session))
        }
    }

    private struct Played: Decodable {
        let id: String?
        let parent: String
        let fromBar: WholeNumber
        let bars: WholeNumber?
        let notes: [StudioNote]
        let raw: [RawNote]?
        let tempos: [StudioTempo]?
        let name: String?
    }

    private func played(_ request: Request, in session: String) async throws -> StudioNode {
        let played = try await request.json(Played.self, limits: limits)
        let id = try played.id.map(Self.checkedID)
        // Before anything that may have changed since it was added.
        if let id, let known = try await store.known(id, in: session) { return known }
        let (facts, path) = try await store.path(to: played.parent, in: session)
        let fromBar = try bar(played.fromBar)
        let piece = PathPiece(facts, path: path).before(bar: fromBar)
        let check = MusicCheck(limits: limits, parts: facts.parts.count)
        let start = try MusicCheck.start(ofBar: fromBar, in: piece)
        let notes = try check.notes(played.notes, from: Quarters.quarters(start))
        return try await store.add(
            NodeDraft(
                id: id, parent: played.parent, fromBar: fromBar,
                bars: try bars(played.bars, of: notes, from: start, in: piece),
                music: NodeMusic(
                    notes: notes,
                    tempos: try check.tempos(played.tempos, from: Quarters.quarters(start))),
                raw: check.raw(played.raw),
                name: try Self.checked(played.name ?? "")), to: session)
    }

    private func bar(_ bar: WholeNumber) throws(StudioError) -> Int {
        try bar.within(1...limits.lastBar, "fromBar")
    }

    private static func checkedID(_ id: String) throws(StudioError) -> String {
        guard id.wholeMatch(of: /[0-9a-z]{12,64}/) != nil else {
            throw .badRequest(
                "The id must be 12 to 64 of the characters 0–9 and a–z; leave it out for any.")
        }
        return id
    }

    private static func checked(_ name: String) throws(StudioError) -> String {
        try MusicCheck.text(name, "name", most: MusicCheck.longestName)
    }

    /// Those asked for, or as many as the notes take.
    private func bars(
        _ bars: WholeNumber?, of notes: [StudioNote], from start: Ticks, in piece: PathPiece
    ) throws(StudioError) -> Int {
        if let bars { return try bars.within(1...limits.lastBar, "bars") }
        let end = notes.reduce(start) { max($0, Ticks(Quarters.ticks($1.onset + $1.duration))) }
        let count = max(1, piece.bars(before: end) - piece.bars(before: start))
        guard count <= limits.lastBar else {
            throw .badRequest(
                "These notes take \(count) bars, and a passage may have \(limits.lastBar).")
        }
        return count
    }

    private func file(_ request: Request, in session: String) async throws -> StudioNode {
        // Files are called whatever their systems let them be.
        let name = MusicCheck.shortened(request.query("name") ?? "")
        let fromBar = try request.query("fromBar").map { try bar(WholeNumber($0)) } ?? 1
        let buffer = try await request.body.collect(upTo: limits.body)
        let title = name.isEmpty ? "The file" : name
        let file = try await Background.run(on: reading) { [limits] in
            try FileMusic(Data(buffer.readableBytesView), named: title, limits: limits)
        }
        return try await store.add(
            file, named: name, from: fromBar, after: request.query("parent"), to: session)
    }

    private struct Change: Decodable {
        var name: String?
        var annotation: String?
        var pinned: Bool?
        var notes: [StudioNote]?
        var bars: WholeNumber?
    }

    private func change(
        _ request: Request, _ id: String, in session: String
    ) async throws -> StudioNode {
        let asked = try await request.json(Change.self, limits: limits)
        var change = NodeChange(pinned: asked.pinned)
        change.name = try asked.name.map(Self.checked)
        change.annotation = try asked.annotation.map {
            try MusicCheck.text($0, "annotation", most: MusicCheck.longestRemark)
        }
        if asked.notes != nil || asked.bars != nil {
            let (facts, path) = try await store.path(to: id, in: session)
            guard let node = path.last, node.kind != .root else {
                throw StudioError.conflict("The beginning of a session has no music of its own.")
            }
            let piece = PathPiece(facts, path: path.dropLast()).before(bar: node.fromBar)
            let start = piece.start(ofBar: node.fromBar)
            let check = MusicCheck(limits: limits, parts: facts.parts.count)
            change.notes = try asked.notes.map {
                try check.notes($0, from: Quarters.quarters(start))
            }
            if asked.bars != nil {
                change.bars = try bars(
                    asked.bars, of: change.notes ?? node.music.notes, from: start, in: piece)
            }
        }
        return try await store.change(id, in: session, change)
    }
}
