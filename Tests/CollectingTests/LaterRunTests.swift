import Collecting
import Foundation
import LoopbackServing
import Synchronization
import Testing

/// What one run leaves for the next, and what two at once do.
@Suite struct LaterRunTests {
    /// A server that answers `reply` to all of `path` until it is told to be well.
    private final class AilingSite: Sendable {
        private let isWell = Atomic(false)
        private let path: String
        private let reply: LoopbackServer.Reply

        init(_ path: String, _ reply: LoopbackServer.Reply) {
            self.path = path
            self.reply = reply
        }

        func heal() { isWell.store(true, ordering: .relaxed) }

        @Sendable func answer(_ path: String) -> LoopbackServer.Reply? {
            if path == self.path, !isWell.load(ordering: .relaxed) { return reply }
            switch path {
            case "/": return .page("<a href=a.mid>A</a><a href=b.mid>B</a>")
            case "/a.mid": return .piece(CollectorTests.piece(60))
            case "/b.mid": return .piece(CollectorTests.piece(61))
            default: return nil
            }
        }
    }

    /// Runs after each other in one folder; the site is well from the one with the index `healing`.
    private static func runs(
        _ count: Int, over site: AilingSite, healing: Int
    ) throws -> [CollectorTests.Run] {
        try CollectorTests.withFolder { folder in
            let server = try LoopbackServer(site.answer)
            defer { server.close() }
            var limits = CollectorTests.limits
            limits.secondsPerRequest = 3
            return try (0..<count).map { index in
                if index == healing { site.heal() }
                return try CollectorTests.run(over: server, in: folder, limits: limits)
            }
        }
    }

    /// 500 milliseconds a byte is slower than the limit, and a length too large a connection cut off.
    static let ailments: [LoopbackServer.Reply] =
        [408, 429, 500, 502, 503, 504].map { .status($0) } + [
            LoopbackServer.Reply(body: CollectorTests.piece(60), drip: 500_000),
            LoopbackServer.Reply(body: CollectorTests.piece(60), length: 1_000),
        ]

    @Test(arguments: ailments.indices)
    func whatGaveNothingForTheMomentIsTriedAgain(ailment: Int) throws {
        let site = AilingSite("/a.mid", Self.ailments[ailment])
        let runs = try Self.runs(2, over: site, healing: 1)
        #expect(runs[0].sources == ["/b.mid"])
        #expect(runs[0].postponed.keys.sorted() == ["/a.mid"])
        #expect(runs[0].end == .postponed)
        #expect(runs[1].sources == ["/b.mid", "/a.mid"])
        #expect(runs[1].end == .complete)
        #expect(runs[1].paths == ["/", "/a.mid", "/b.mid", "/a.mid"])
    }

    @Test func attemptsAreBounded() throws {
        let runs = try Self.runs(5, over: AilingSite("/a.mid", .status(503)), healing: 5)
        #expect(runs[1].postponed["/a.mid"] == "the server answers with status 503")
        #expect(runs[2].reasons["/a.mid"]?.hasSuffix("given up after 3 attempts") == true)
        #expect(runs.map(\.end) == [.postponed, .postponed, .complete, .complete, .complete])
        #expect(runs[4].paths.count { $0 == "/a.mid" } == 3)
    }

    @Test(arguments: [404, 410, 403]) func whatIsGoneIsNotTriedAgain(status: Int) throws {
        let runs = try Self.runs(2, over: AilingSite("/a.mid", .status(status)), healing: 1)
        #expect(runs[0].reasons["/a.mid"] == "the server answers with status \(status)")
        #expect(runs[1].paths.count { $0 == "/a.mid" } == 1)
    }

    @Test(arguments: [429, 500, 503]) func robotsThatCannotBeHadPostponeTheSite(status: Int) throws
    {
        let runs = try Self.runs(2, over: AilingSite("/robots.txt", .status(status)), healing: 1)
        #expect(runs[0].paths.isEmpty)
        #expect(runs[0].postponed["/"] == "the site's robots.txt cannot be had")
        #expect(runs[1].sources == ["/a.mid", "/b.mid"])
    }

    @Test(arguments: [429, 503]) func shortRetryAfterIsKept(status: Int) throws {
        let reply = LoopbackServer.Reply(status: status, headers: ["Retry-After: 40"])
        let runs = try Self.runs(2, over: AilingSite("/a.mid", reply), healing: 1)
        #expect(runs[0].sources == ["/b.mid"])
        // A second before / and one before /a.mid.
        #expect(runs[0].waited == 42)
        #expect(runs[1].sources == ["/b.mid", "/a.mid"])
    }

    @Test(arguments: ["86400", "Fri, 31 Dec 2027 23:59:59 GMT", "1e999", "nan", ""])
    func longRetryAfterLeavesTheSiteToTheNextRun(wish: String) throws {
        let reply = LoopbackServer.Reply(status: 429, headers: ["Retry-After: \(wish)"])
        let runs = try Self.runs(6, over: AilingSite("/a.mid", reply), healing: 5)
        #expect(runs[0].paths == ["/", "/a.mid"])
        #expect(runs[0].waited < 10)
        #expect(runs[0].postponed.keys.sorted() == ["/a.mid", "/b.mid"])
        // That it was not asked for costs an address none of its attempts.
        #expect(runs[5].sources.contains("/b.mid"))
    }

    @Test func refusedStartsAreVisitedWhenNamedAgain() throws {
        try CollectorTests.withFolder { folder in
            let server = try LoopbackServer { $0 == "/" ? .page("") : nil }
            defer { server.close() }
            let refused = try CollectorTests.run(over: server, in: folder, allowsLocal: false)
            #expect(refused.reasons.keys.sorted() == ["/"])
            #expect(try CollectorTests.run(over: server, in: folder).paths == ["/"])
        }
    }

    @Test func twoRunsInOneFolderAreRefused() throws {
        try CollectorTests.withFolder { folder in
            let start = "http://127.0.0.1:1/"
            let first = try Collector(addresses: [start], folder: folder)
            #expect(throws: CollectingError.running(folder)) {
                try Collector(addresses: [start], folder: folder)
            }
            withExtendedLifetime(first) {}
        }
    }

    /// As `kill -9` leaves it: the lock's file, held by nobody.
    @Test func aLockThatNobodyHoldsIsTakenOver() throws {
        try CollectorTests.withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: folder + "/.clara-collection.lock"))
            let server = try LoopbackServer { $0 == "/" ? .page("") : nil }
            defer { server.close() }
            #expect(try CollectorTests.run(over: server, in: folder).end == .complete)
        }
    }
}
