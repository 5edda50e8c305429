import Dispatch
import Foundation
import LoopbackServing
import Synchronization
import Testing

/// `clara library collect`, from servers on loopback.
struct LibraryCollectTests {
    private struct Collected: Decodable {
        let end: String
        let files: Int
        let newFiles: Int
        let addedToLibrary: Int
        let postponed: [Postponed]
    }

    private struct Postponed: Decodable {
        let path: String
        let reason: String
    }

    private struct Listed: Decodable {
        let path: String
    }

    /// A file of one note.
    private static func piece(_ pitch: UInt8) -> [UInt8] {
        Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96] + Array("MTrk".utf8)
            + [0, 0, 0, 12, 0, 0x90, pitch, 80, 96, 0x80, pitch, 0, 0, 0xFF, 0x2F, 0]
    }

    /// A page of `count` pieces, `/0.mid` and so on.
    private static func site(_ path: String, pieces count: Int) -> LoopbackServer.Reply? {
        if path == "/" {
            return .page((0..<count).map { "<a href=\($0).mid>\($0)</a>" }.joined())
        }
        let number = path.hasSuffix(".mid") ? UInt8(path.dropFirst().dropLast(4)) : nil
        return number.map { .piece(piece($0)) }
    }

    private static func arguments(_ address: String, _ more: String...) -> [String] {
        ["library", "collect", address, "-o", "c", "--library", "l.sqlite", "--rate", "100"] + more
    }

    private func collect(_ server: LoopbackServer, in folder: ScratchFolder) throws -> Collected {
        let arguments = Self.arguments(server.address, "--allow-local", "--json")
        let output = try ClaraProgram.run(arguments, in: folder).succeeded().output
        return try JSONDecoder().decode(Collected.self, from: Data(output.utf8))
    }

    private func library(in folder: ScratchFolder) throws -> [String] {
        let output = try ClaraProgram.run(
            ["library", "list", "--library", "l.sqlite", "--json"], in: folder
        ).succeeded().output
        return try JSONDecoder().decode([Listed].self, from: Data(output.utf8)).map(\.path)
    }

    @Test func whatIsCollectedIsInTheLibrary() throws {
        let folder = ScratchFolder()
        let server = try LoopbackServer { $0 == "/1.mid" ? .status(503) : Self.site($0, pieces: 3) }
        defer { server.close() }
        let collected = try collect(server, in: folder)
        #expect(collected.files == 2 && collected.addedToLibrary == 2)
        #expect(collected.end == "postponed")
        #expect(collected.postponed.map(\.path) == [server.address + "/1.mid"])
        #expect(collected.postponed.first?.reason.contains("503") == true)
        #expect(try library(in: folder).count == 2)
        let again = try ClaraProgram.run(
            Self.arguments(server.address, "--allow-local"), in: folder
        ).succeeded()
        #expect(again.output.contains("1 address gave nothing for now"))
    }

    @Test func privateAddressesAreRefused() throws {
        let folder = ScratchFolder()
        let server = try LoopbackServer { Self.site($0, pieces: 3) }
        defer { server.close() }
        let refused = try ClaraProgram.run(Self.arguments(server.address), in: folder)
        refused.failedClearly(mentioning: ["127.0.0.1", "private address", "--allow-local"])
        #expect(refused.status == 1)
        #expect(server.paths.isEmpty)
        // The words tell what to do, and it helps.
        #expect(try collect(server, in: folder).files == 3)
    }

    @Test func aSecondRunInTheFolderIsRefused() throws {
        let folder = ScratchFolder()
        let isAsked = DispatchSemaphore(value: 0)
        let server = try LoopbackServer { path in
            isAsked.signal()
            return LoopbackServer.Reply(body: Array("<p>".utf8), drip: 1_000_000)
        }
        defer { server.close() }
        let arguments = Self.arguments(server.address, "--allow-local")
        let first = try ClaraProgram.start(arguments, in: folder)
        defer { first.kill() }
        try #require(isAsked.wait(timeout: .now() + 60) == .success)
        try ClaraProgram.run(arguments, in: folder)
            .failedClearly(mentioning: ["another run is collecting", "--output"])
    }

    @Test func killedRunsLoseAndDoubleNothing() throws {
        let folder = ScratchFolder()
        let pieces = 40
        // Microseconds between the bytes of what is asked for first: at one the run is killed within
        // the piece, at the next somewhere behind it.
        let drips: [String: UInt32] = ["/6.mid": 1_000_000, "/13.mid": 500, "/20.mid": 1_000_000]
        let asked = Mutex<Set<String>>([])
        let isAsked = DispatchSemaphore(value: 0)
        let server = try LoopbackServer { path in
            var reply = Self.site(path, pieces: pieces)
            if let drip = drips[path], asked.withLock({ $0.insert(path).inserted }) {
                reply?.drip = drip
                isAsked.signal()
            }
            return reply
        }
        defer { server.close() }
        for _ in drips {
            let running = try ClaraProgram.start(
                Self.arguments(server.address, "--allow-local"), in: folder)
            try #require(isAsked.wait(timeout: .now() + 60) == .success)
            running.kill()
        }
        let collected = try collect(server, in: folder)
        #expect(collected.end == "complete")
        #expect(collected.files == pieces && collected.newFiles < pieces)
        let files = folder.listing().filter { $0.hasSuffix(".mid") }
        #expect(files.count == pieces)
        let contents = try files.map { try Data(contentsOf: folder.url($0)) }
        #expect(Set(contents) == Set((0..<pieces).map { Data(Self.piece(UInt8($0))) }))
        let table = try String(contentsOf: folder.url("c/metadata.csv"), encoding: .utf8)
        #expect(table.split(separator: "\n").count == pieces + 1)
        #expect(try library(in: folder).count == pieces)
        #expect(server.paths.count <= 1 + pieces + drips.count)
    }
}
