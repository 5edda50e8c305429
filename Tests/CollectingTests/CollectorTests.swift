import Collecting
import Foundation
import Synchronization
import LoopbackServing
import Testing

@Suite struct CollectorTests {
    /// A file of one note at `pitch`.
    static func piece(_ pitch: UInt8) -> [UInt8] {
        Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96] + Array("MTrk".utf8)
            + [0, 0, 0, 12, 0, 0x90, pitch, 80, 96, 0x80, pitch, 0, 0, 0xFF, 0x2F, 0]
    }

    /// Time that only passes where somebody waits.
    final class StillClock: CollectingClock, Sendable {
        private let seconds = Mutex(0.0)
        var waited: Double { seconds.withLock { $0 } }
        var now: Date { Date(timeIntervalSince1970: waited) }
        func wait(seconds more: Double) { seconds.withLock { $0 += more } }
    }

    static var limits: CollectionLimits {
        var limits = CollectionLimits()
        limits.bytesPerPage = 1 << 16
        limits.bytesPerFile = 1 << 16
        limits.secondsPerRequest = 5
        return limits
    }

    /// What a run over a scripted site, begun at `/`, gives.
    struct Run {
        var files: [String] = []
        var sources: [String] = []
        var reasons: [String: String] = [:]
        var postponed: [String: String] = [:]
        var paths: [String] = []
        var waited = 0.0
        /// Those that were told.
        var pauses: [Double] = []
        var bytes = 0
        var end = Collector.End.complete
        var table = ""
    }

    static func withFolder<R>(_ body: (String) throws -> R) throws -> R {
        let folder = NSTemporaryDirectory() + "clara-collect-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    static func run(
        limits: CollectionLimits = limits, allowsLocal: Bool = true,
        _ script: @escaping @Sendable (String) -> LoopbackServer.Reply?
    ) throws -> Run {
        try withFolder { folder in
            let server = try LoopbackServer(script)
            defer { server.close() }
            return try run(over: server, in: folder, limits: limits, allowsLocal: allowsLocal)
        }
    }

    static func run(
        over server: LoopbackServer, from addresses: [String] = [], in folder: String,
        limits: CollectionLimits = limits, allowsLocal: Bool = true,
        resolve: @escaping @Sendable (String) -> Set<NetworkAddress> = NetworkAddress.resolve,
        isPublic: @escaping @Sendable (NetworkAddress) -> Bool = { $0.isPublic }
    ) throws -> Run {
        let clock = StillClock()
        var run = Run()
        var collector = try Collector(
            addresses: [server.address + "/"] + addresses, folder: folder, limits: limits,
            allowsPrivateAddresses: allowsLocal, clock: clock, resolve: resolve,
            isPublic: isPublic)
        let outcome = try collector.run(onEvent: {
            switch $0 {
            case .skipped(let address, let reason):
                run.reasons[address.replacing(server.address, with: "")] = reason
            case .postponed(let address, let reason):
                run.postponed[address.replacing(server.address, with: "")] = reason
            case .waiting(_, let seconds): run.pauses.append(seconds)
            case .visiting, .collected: break
            }
        })
        run.files = outcome.pieces.map(\.file)
        run.sources = outcome.pieces.map { $0.source.replacing(server.address, with: "") }
        run.paths = server.paths
        run.waited = clock.waited
        run.bytes = outcome.bytes
        run.end = outcome.end
        run.table = try String(contentsOfFile: folder + "/metadata.csv", encoding: .utf8)
        let onDisk = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(
            onDisk.filter { !$0.hasPrefix(".") }.sorted()
                == (run.files + ["metadata.csv"]).sorted())
        return run
    }

    @Test func piecesAreKnownByTheirContent() throws {
        let run = try Self.run { path in
            switch path {
            case "/":
                .page(
                    "<title>T</title><a href=a.mid>Waltz, slow</a><a href='b.php?x=1#z'>B</a><a href=c>C</a><a href=d.mid>D</a><a href=e.mid>E</a><a href=f.zip>F</a>"
                )
            case "/a.mid": .piece(Self.piece(60))
            case "/b.php?x=1": .piece(Self.piece(61))
            case "/c": .piece(Self.piece(62), type: nil)
            case "/d.mid": .page("<p>not found, but 200</p>")
            case "/e.mid": .piece(Self.piece(60))
            case "/f.zip": .piece(Array("PK\u{3}\u{4}".utf8), type: "application/zip")
            default: nil
            }
        }
        #expect(run.sources == ["/a.mid", "/b.php?x=1", "/c"])
        #expect(run.reasons["/f.zip"] == "neither a page nor a MIDI file")
        #expect(run.table.contains(",1970-01-01T"))
        #expect(run.table.contains("\"Waltz, slow\""))
    }

    @Test func loopsAndEndlessPagesEnd() throws {
        var limits = Self.limits
        limits.depth = 100
        limits.pages = 20
        let run = try Self.run(limits: limits) { path in
            .page(
                "<a href='/'>home</a><a href='\(path)'>self</a><a href='/day?\(path.count)'>next</a>"
            )
        }
        #expect(run.paths.count == Set(run.paths).count)
        #expect(run.end == .complete || run.end == .pages)
        limits.depth = 3
        let calendar = try Self.run(limits: limits) { path in .page("<a href='\(path)x'>next</a>") }
        #expect(calendar.paths == ["/", "/x", "/xx", "/xxx"])
    }

    @Test(arguments: [nil, 10]) func hugeFilesAreCutOff(length: Int?) throws {
        let run = try Self.run { path in
            path == "/"
                ? .page("<a href=a.mid>A</a><a href=b.mid>B</a>")
                : path == "/b.mid"
                    ? .piece(Self.piece(60))
                    : LoopbackServer.Reply(
                        type: "audio/midi", body: Self.piece(60), length: length, isEndless: true)
        }
        #expect(run.sources.contains("/b.mid"))
        #expect(length != nil || run.reasons["/a.mid"] == "larger than the limit")
    }

    @Test func slowAnswersAreGivenUp() throws {
        var limits = Self.limits
        limits.secondsPerRequest = 3
        let run = try Self.run(limits: limits) { path in
            path == "/"
                ? .page("<a href=a.mid>A</a>")
                : path == "/robots.txt"
                    ? nil
                    : LoopbackServer.Reply(body: Self.piece(60), isEndless: true, drip: 50_000)
        }
        #expect(run.postponed["/a.mid"] == "no whole answer within 3.0 s")
    }

    @Test func redirectsStayOnTheSite() throws {
        let run = try Self.run { path in
            switch path {
            case "/": .page("<a href=a.mid>A</a><a href=b.mid>B</a><a href=c.mid>C</a>")
            case "/a.mid": .redirect("/real.mid")
            case "/real.mid": .piece(Self.piece(60))
            case "/b.mid": .redirect("http://127.0.0.2:1/secret")
            case "/c.mid": .redirect("/c.mid")
            default: nil
            }
        }
        #expect(run.sources == ["/a.mid"])
        #expect(run.reasons["/b.mid"]?.contains("another site") == true)
        #expect(run.reasons["/c.mid"] == "redirects too often")
    }

    @Test func robotsAreObeyedAndTheirDelayKept() throws {
        let run = try Self.run { path in
            switch path {
            case "/robots.txt":
                LoopbackServer.Reply(
                    type: "text/plain",
                    body: Array("User-agent: *\nDisallow: /no\nCrawl-delay: 7\n".utf8))
            case "/": .page("<a href=no.mid>N</a><a href=yes.mid>Y</a>")
            default: .piece(Self.piece(60))
            }
        }
        #expect(run.paths == ["/", "/yes.mid"])
        #expect(run.waited == 14)
    }

    /// Below the bound, at it, and above it.
    @Test(arguments: [90.0, 300, 300.5, 86_400])
    func longDelaysAreKeptOrTheSiteIsLeftAlone(delay: Double) throws {
        let run = try Self.run { path in
            switch path {
            case "/robots.txt":
                LoopbackServer.Reply(body: Array("User-agent: *\nCrawl-delay: \(delay)".utf8))
            case "/": .page("<a href=a.mid>A</a>")
            default: .piece(Self.piece(60))
            }
        }
        if delay <= 300 {
            #expect(run.sources == ["/a.mid"])
            #expect(run.waited == 2 * delay && run.pauses == [delay, delay])
        } else {
            #expect(run.paths.isEmpty && run.waited == 0)
            #expect(run.reasons["/"]?.contains("asks for \(delay) s between requests") == true)
        }
    }

    @Test func aLongPauseCanBeStoppedAndNothingIsLost() throws {
        try Self.withFolder { folder in
            let robots = LoopbackServer.Reply(body: Array("User-agent: *\nCrawl-delay: 90".utf8))
            let server = try LoopbackServer { $0 == "/robots.txt" ? robots : .page("") }
            defer { server.close() }
            let clock = StillClock()
            var collector = try Collector(
                addresses: [server.address], folder: folder, limits: Self.limits,
                allowsPrivateAddresses: true, clock: clock)
            let outcome = try collector.run(isToStop: { clock.waited > 10 })
            #expect(outcome.end == .stopped && outcome.waiting == 1)
            #expect(clock.waited == 12 && server.paths.isEmpty)
        }
    }

    @Test func privateAddressesAreRefused() throws {
        let run = try Self.run(allowsLocal: false) { _ in .page("") }
        #expect(run.paths.isEmpty)
        #expect(run.reasons["/"]?.contains("--allow-local") == true)
    }

    @Test func namesAreHarmless() throws {
        let run = try Self.run { path in
            path == "/"
                ? .page(
                    "<a href='/x/..%2F..%2Fetc%2Fp.mid'>1</a><a href='/%C3%A9t%C3%BCde.mid'>2</a><a href='/\(String(repeating: "n", count: 900)).mid'>3</a>"
                )
                : path == "/robots.txt" ? nil : .piece(Self.piece(UInt8(path.utf8.count % 128)))
        }
        #expect(run.files.count == 3)
        #expect(run.files.allSatisfy { !$0.contains("/") && $0.utf8.count <= 130 })
        #expect(run.files.contains { $0.hasPrefix("étüde-") })
    }

    @Test(arguments: 0..<6) func stoppedRunsGoOn(after count: Int) throws {
        try Self.withFolder { folder in
            let server = try LoopbackServer { path in
                if path == "/robots.txt" { return nil }
                if path == "/" {
                    return .page("<a href=1.mid>1</a><a href=2.mid>2</a><a href=p>p</a>")
                }
                return path == "/p"
                    ? .page("<a href=3.mid>3</a>")
                    : .piece(Self.piece(path.utf8[path.utf8.index(after: path.utf8.startIndex)]))
            }
            defer { server.close() }
            var outcome: Collector.Outcome?
            for steps in [count, 100] {
                var steps = steps
                var collector = try Collector(
                    addresses: [server.address], folder: folder, limits: Self.limits,
                    allowsPrivateAddresses: true, clock: StillClock())
                outcome = try collector.run(isToStop: {
                    steps -= 1
                    return steps < 0
                })
            }
            #expect(outcome?.pieces.count == 3)
            #expect(outcome?.end == .complete)
            #expect(server.paths.count == 5)
        }
    }
}
