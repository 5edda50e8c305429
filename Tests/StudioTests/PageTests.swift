import Clara
import Foundation
import Hummingbird
import HummingbirdTesting
import Library
import Studio
import Testing

/// The page, the description of the interface, sounds and exports.
@Suite struct PageTests {
    @Test func thePageIsServedFromItsTable() async throws {
        let studio = try TestStudio()
        try studio.folder.write("a secret", to: "secret.txt")
        try await studio.run { client in
            let page = try await client.ask(.get, "/")
            #expect(String(buffer: page.body).contains("A page"))
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'self'"))
            let script = try await client.ask(.get, "/page/parts/one.js")
            #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
            let tag = try #require(script.headers[.eTag])
            let again = try await client.ask(
                .get, "/page/parts/one.js", headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified && again.body.readableBytes == 0)
            let elsewhere = ["../secret.txt", "..%2Fsecret.txt", "%2e%2e/secret.txt"]
            for path in elsewhere + ["none.js", "parts"] {
                let response = try await client.ask(.get, "/page/\(path)")
                #expect(response.status == .notFound, "\(path)")
            }
        }
    }

    @Test func whoAsksForTheHeadGetsNoBody() async throws {
        try await TestStudio().run { client in
            for (path, status) in [
                ("/", HTTPResponse.Status.ok), ("/page/parts/one.js", .ok), ("/api/sessions", .ok),
                ("/nothing", .notFound), ("/api/jobs/none", .methodNotAllowed),
            ] {
                let head = try await client.ask(.head, path)
                #expect(head.status == status && head.body.readableBytes == 0, "\(path)")
                guard status == .ok else { continue }
                let whole = try await client.ask(.get, path)
                #expect(head.headers[.contentType] == whole.headers[.contentType])
                #expect(head.headers[.contentLength] == "\(whole.body.readableBytes)")
            }
            let refused = try await client.ask(.put, "/api/sessions/none")
            #expect(refused.status == .methodNotAllowed)
            #expect(refused.headers[.allow] == "DELETE, GET, HEAD, PATCH")
        }
    }

    @Test func aStudioWithoutItsPageSaysSo() throws {
        let studio = try TestStudio { $0.page += "/nowhere" }
        #expect(throws: StudioError.self) { try StudioServer(studio.settings) }
    }

    @Test func aStudioWithoutItsDescriptionSaysSo() throws {
        let studio = try TestStudio { $0.description += ".none" }
        #expect {
            try StudioServer(studio.settings)
        } throws: {
            "\($0)".contains("openapi.json.none: the description of the interface")
        }
    }

    /// The description has every route, and no other.
    @Test func theInterfaceIsDescribed() async throws {
        struct Document: Decodable {
            struct Method: Decodable {}
            let openapi: String
            let paths: [String: [String: Method]]
        }
        try await TestStudio().run { client in
            let document = try await client.get(.get, "/api", as: Document.self)
            #expect(document.openapi == "3.1.0")
            let described = document.paths.flatMap { path, methods in
                methods.keys.filter { $0 != "parameters" }.map { "\($0.uppercased()) \(path)" }
            }
            let routes = client.server.router.routes.map { route in
                let parts = "\(route.path)".split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }
                return "\(route.method) /\(parts.joined(separator: "/"))"
            }.filter { $0.contains("/api") }
            #expect(Set(described) == Set(routes))
        }
    }

    @Test func theVoicesAreListed() async throws {
        struct Voice: Decodable, Equatable {
            struct Instrument: Decodable, Equatable { let program: Int }
            let name: String
            let styles: [String]
            let instruments: [Instrument]
            let `default`: Bool
        }
        try await TestStudio().run { client in
            let voices = try await client.get(.get, "/api/voices", as: [Voice].self)
            #expect(voices.map(\.name) == ["piano", "duet", "jazz"])
            #expect(voices.map(\.default) == [true, false, false])
            #expect(voices[0].styles.contains("chopin"))
            #expect(voices[1].instruments.map(\.program) == [40, 0])
            #expect(voices[2].instruments.map(\.program) == [66, 0])
        }
    }

    @Test func aPieceLeavesAsAScore() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"example":"waltz-in-a-minor"}"#)
            let node = try #require(session.nodes.last)
            let path = "/api/sessions/\(session.id)/nodes/\(node.id)"
            let score = try await client.ask(.get, "\(path)/export?format=musicxml")
            #expect(String(buffer: score.body).contains("<score-partwise"))
            #expect(
                score.headers[.contentDisposition]
                    == "attachment; filename=\"waltz-in-a-minor.musicxml\"")
            let sound = try await client.ask(.get, "\(path)/export?format=wav")
            #expect(sound.status == .notFound)
            #expect(String(buffer: sound.body).contains("No SoundFont"))
        }
    }

    @Test func aPieceIsTakenIntoTheLibrary() async throws {
        struct Entry: Decodable { let file: String }
        let studio = try TestStudio()
        let (file, notes) = try await studio.run { client in
            let session = try await client.session(#"{"example":"sonatina-in-c"}"#)
            let node = try #require(session.nodes.last)
            let entry = try await client.get(
                .post, "/api/sessions/\(session.id)/nodes/\(node.id)/library", as: Entry.self)
            return (entry.file, node.notes.count)
        }
        let library = try PieceLibrary(path: studio.folder.file("clara/library.sqlite"))
        let piece = try #require(library.pieces().first)
        #expect(try library.pieces().count == 1)
        #expect(piece.path == file && piece.notes == notes)
        #expect(try MIDIFile.read(contentsOf: file).score.noteCount == notes)
    }

    @Test func aLibraryThatRefusesLeavesNoFileBehind() async throws {
        let studio = try TestStudio()
        try studio.folder.write("no library", to: "clara/library.sqlite")
        try await studio.run { client in
            let session = try await client.session(#"{"example":"sonatina-in-c"}"#)
            let node = try #require(session.nodes.last)
            let refused = try await client.ask(
                .post, "/api/sessions/\(session.id)/nodes/\(node.id)/library")
            #expect(refused.status.code >= 400)
            #expect(!studio.folder.contents.contains { $0.hasSuffix(".mid") })
        }
    }

    private static let hasSoundFont =
        (try? SoundFontLocator(environment: ProcessInfo.processInfo.environment).soundFont()) != nil

    @Test(.enabled(if: hasSoundFont, "needs a SoundFont"))
    func aNoteIsPlayedOnce() async throws {
        let studio = try TestStudio(hasSoundFont: true)
        let file = try await studio.run { client in
            let sound = try await client.ask(.get, "/api/sound/0/60").body
            let file = try #require(studio.folder.contents.first { $0.hasSuffix("/0-60.wav") })
            try FileManager.default.removeItem(atPath: studio.folder.file(file))
            // From memory: played again, it would be on the disk again.
            #expect(try await client.ask(.get, "/api/sound/0/60").body == sound)
            #expect(!studio.folder.contents.contains(file))
            return file
        }
        // Another studio takes what is on the disk, whatever that is.
        try studio.folder.write("RIFF of another sound", to: file)
        let kept = try await studio.run { try await $0.ask(.get, "/api/sound/0/60").body }
        #expect(String(buffer: kept) == "RIFF of another sound")
    }

    @Test(.enabled(if: hasSoundFont, "needs a SoundFont"))
    func notesAndPiecesSound() async throws {
        let studio = try TestStudio(hasSoundFont: true)
        let kept = ["OldFontsf2-1000-2000-1", "NewFontsf2-1000-2000-1", "mine"]
        for folder in kept { try studio.folder.write("", to: "clara/notes/\(folder)/0-60.wav") }
        for folder in ["OldFontsf2-1000-2000-1", "mine"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date().addingTimeInterval(-40 * 86_400)],
                ofItemAtPath: studio.folder.file("clara/notes/\(folder)"))
        }
        try await studio.run { client in
            await client.server.prepare()
            let high = try await client.ask(.get, "/api/sound/0/72")
            let low = try await client.ask(.get, "/api/sound/0/48")
            for sound in [high, low] {
                #expect(sound.status == .ok && sound.headers[.contentType] == "audio/wav")
                #expect(sound.body.readableBytes == 44 + 2 * 3 * 44_100)
                let samples = stride(from: 44, to: sound.body.readableBytes, by: 2).map {
                    sound.body.getInteger(at: $0, endianness: .little, as: Int16.self) ?? 0
                }
                let loudest = try #require(samples.map { abs(Int($0)) }.max())
                #expect(loudest > 1_000 && loudest < 32_767)
            }
            #expect(high.body != low.body)
            #expect(try await client.ask(.get, "/api/sound/0/72").body == high.body)
            let session = try await client.session(#"{"example":"waltz-in-a-minor"}"#)
            let node = try #require(session.nodes.last)
            let flac = try await client.ask(
                .get, "/api/sessions/\(session.id)/nodes/\(node.id)/export?format=flac")
            #expect(flac.status == .ok)
            #expect(flac.body.getString(at: 0, length: 4) == "fLaC")
        }
        // A studio that begins anew finds the notes where the former one kept them.
        #expect(studio.folder.contents.contains { $0.hasSuffix("/0-72.wav") })
        // What no studio has used for a month goes; other folders are nobody's business.
        #expect(!studio.folder.contents.contains { $0.contains("OldFont") })
        for folder in kept.dropFirst() {
            #expect(studio.folder.contents.contains("clara/notes/\(folder)/0-60.wav"))
        }
    }
}
