import Clara
import Foundation
import Hummingbird
import HummingbirdTesting
import Studio
import TestSupport

/// A studio of a test's own, with the bundled voices.
struct TestStudio {
    let folder: TemporaryFolder
    var settings: StudioSettings

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// - Parameter hasSoundFont: whether the one that is installed may be used.
    init(hasSoundFont: Bool = false, change: (inout StudioSettings) -> Void = { _ in }) throws {
        folder = try TemporaryFolder()
        try folder.write("<!doctype html><title>A page</title>", to: "Page/index.html")
        try folder.write("export const one = 1;\n", to: "Page/parts/one.js")
        settings = StudioSettings(
            environment: [
                "XDG_DATA_HOME": folder.path, "XDG_CACHE_HOME": folder.path,
                "CLARA_MODELS": Self.root + "/Models",
            ], folder: Self.root, executable: Self.root + "/clara-studio",
            resources: folder.path)
        settings.description = Self.root + "/Sources/Studio/API/openapi.json"
        if !hasSoundFont { settings.soundFont = SoundFontLocator(chosen: nil, folders: []) }
        change(&settings)
    }

    /// Runs `test` with a client of a new server.
    func run<Value>(
        _ setup: TestingSetup = .router,
        _ test: @Sendable (StudioClient) async throws -> Value
    ) async throws -> Value {
        let server = try StudioServer(settings)
        return try await server.application().test(setup) { client in
            try await test(StudioClient(client: client, server: server))
        }
    }
}

/// What the interface promises of a session.
struct SessionAnswer: Decodable, Hashable {
    let id: String
    let title: String
    let created: String
    let tempo: Double
    let meter: String
    let parts: [StudioPart]
    let root: String
    let nodes: [NodeAnswer]

    func node(_ id: String) -> NodeAnswer? { nodes.first { $0.id == id } }
}

/// What the interface promises of a node.
struct NodeAnswer: Decodable, Hashable {
    struct Take: Decodable, Hashable {
        struct Originality: Decodable, Hashable {
            let notes: Int
            let source: String?
            let near: Bool
        }
        let voice: String
        let style: String?
        let seed: Int
        let temperature: Double
        let topK: Int?
        let topP: Double?
        let minP: Double?
        let choiceFrequency: Double?
        let repetitionPenalty: Double?
        let noRepeat: Int?
        let repeats: Int?
        let loops: Bool?
        let original: Bool
        let steady: Bool
        let logProbabilityPerNote: Double
        let originality: Originality?
        let human: Double?
    }

    let id: String
    let parent: String?
    let kind: String
    let name: String
    let annotation: String
    let pinned: Bool
    let deleted: Bool
    let fromBar: Int
    let bars: Int
    let notes: [StudioNote]
    let raw: [RawNote]?
    let tempos: [StudioTempo]
    let take: Take?
}

/// Asks a studio as scripts do.
struct StudioClient: Sendable {
    let client: any TestClientProtocol
    let server: StudioServer

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func ask(
        _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }

    func get<Answer: Decodable>(
        _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil,
        as type: Answer.Type
    ) async throws -> Answer {
        let response = try await ask(method, uri, body)
        guard response.status.code < 300 else {
            throw Failure(description: String(buffer: response.body))
        }
        return try JSONDecoder().decode(type, from: Data(response.body.readableBytesView))
    }

    func session(_ body: String = "{}") async throws -> SessionAnswer {
        try await get(.post, "/api/sessions", body, as: SessionAnswer.self)
    }

    func session(again session: SessionAnswer) async throws -> SessionAnswer {
        try await get(.get, "/api/sessions/\(session.id)", as: SessionAnswer.self)
    }

    func play(
        _ notes: [StudioNote], after parent: String, from bar: Int, bars: Int? = nil,
        in session: SessionAnswer
    ) async throws -> NodeAnswer {
        let text = String(decoding: try JSONEncoder().encode(notes), as: UTF8.self)
        let length = bars.map { ",\"bars\":\($0)" } ?? ""
        return try await get(
            .post, "/api/sessions/\(session.id)/nodes",
            "{\"parent\":\"\(parent)\",\"fromBar\":\(bar)\(length),\"notes\":\(text)}",
            as: NodeAnswer.self)
    }

    /// The piece at a node, as its MIDI file has it.
    func piece(at node: String, in session: SessionAnswer) async throws -> Score {
        let response = try await ask(
            .get, "/api/sessions/\(session.id)/nodes/\(node)/export?format=mid")
        guard response.status == .ok else {
            throw Failure(description: String(buffer: response.body))
        }
        return try MIDIFile.read(
            Data(response.body.readableBytesView), named: "the export", policy: .strict
        ).score
    }

    /// The node of the one take that is asked for.
    func take(
        _ body: String, after node: String, in session: SessionAnswer
    ) async throws -> NodeAnswer {
        struct Whole: Decodable { let node: NodeAnswer }
        let events = try await takes(body, after: node, in: session)
        guard let take = events.first(where: { $0.name == "take" }) else {
            throw Failure(description: "no take: \(events.map(\.name))")
        }
        return try take.decode(Whole.self).node
    }

    /// The events of a stream.
    func takes(
        _ body: String, after node: String, in session: SessionAnswer
    ) async throws -> [StreamEvent] {
        let response = try await ask(
            .post, "/api/sessions/\(session.id)/nodes/\(node)/takes", body)
        guard response.status == .ok else {
            throw Failure(description: String(buffer: response.body))
        }
        return String(buffer: response.body).split(separator: "\n\n").map(StreamEvent.init)
    }
}

/// A server-sent event.
struct StreamEvent {
    let name: String
    let data: Data

    init(_ text: Substring) {
        let lines = text.split(separator: "\n")
        name = lines.first.map { String($0.dropFirst("event: ".count)) } ?? ""
        data = Data((lines.dropFirst().first?.dropFirst("data: ".count) ?? "").utf8)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }
}
