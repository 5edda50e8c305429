import Collecting
import LoopbackServing
import Testing

/// Servers that lie, and that lead where nobody ought to go.
@Suite struct HostileServerTests {
    /// At every byte of the file, and beyond it.
    @Test(arguments: [1, 13, 14, 20, 22, 30, 33, 35, 1_000])
    func lyingLengthsKeepNoBrokenFile(length: Int) throws {
        let piece = CollectorTests.piece(60)
        #expect(piece.count == 34)
        let run = try CollectorTests.run { path in
            switch path {
            case "/": .page("<a href=a.mid>A</a><a href=b.mid>B</a>")
            case "/a.mid": LoopbackServer.Reply(type: "audio/midi", body: piece, length: length)
            case "/b.mid": .piece(CollectorTests.piece(61))
            default: nil
            }
        }
        #expect(run.sources == ["/b.mid"])
        #expect((run.reasons["/a.mid"] ?? run.postponed["/a.mid"]) != nil)
    }

    @Test(arguments: ["/robots.txt", "/page", "/a.mid"])
    func packedBombsAreCutOff(path: String) throws {
        // Unpacked 16 MiB, of which 16 KiB are wanted.
        let start = path == "/a.mid" ? "MThd" : "<p> "
        let bomb = LoopbackServer.Reply(
            type: path == "/a.mid" ? "audio/midi" : "text/html",
            headers: ["Content-Encoding: gzip"], body: Gzip.packed(start, repeats: 1 << 16))
        var limits = CollectorTests.limits
        limits.bytesPerFile = 1 << 14
        limits.bytesPerPage = 1 << 14
        let run = try CollectorTests.run(limits: limits) { asked in
            if asked == path { return bomb }
            if asked == "/" {
                return .page("<a href=page>P</a><a href=a.mid>A</a><a href=b.mid>B</a>")
            }
            return asked == "/b.mid" ? .piece(CollectorTests.piece(61)) : nil
        }
        #expect(run.sources == ["/b.mid"])
        #expect(path == "/robots.txt" || run.reasons[path] == "larger than the limit")
        #expect(run.bytes < RobotsRules.mostBytes + 1 << 15)
    }

    @Test func whatIsPackedIsUnpacked() throws {
        let packed = Gzip.packed("<a href=a.mid>A</a>")
        let run = try CollectorTests.run { path in
            switch path {
            case "/": LoopbackServer.Reply(headers: ["Content-Encoding: gzip"], body: packed)
            case "/a.mid": .piece(CollectorTests.piece(60))
            default: nil
            }
        }
        #expect(run.sources == ["/a.mid"])
    }

    /// 127.0.0.1 as if it were public, and localhost as a private address.
    @Test func redirectsToPrivateAddressesAreRefused() throws {
        let run = try Self.runWithPublicStart { path, port in
            switch path {
            case "/": .page("<a href=a.mid>A</a><a href=b.mid>B</a>")
            case "/a.mid": .redirect("http://localhost:\(port)/secret.mid")
            case "/secret.mid", "/b.mid": .piece(CollectorTests.piece(60))
            default: nil
            }
        }
        #expect(run.sources == ["/b.mid"])
        #expect(run.reasons["/a.mid"]?.contains("localhost is at a private address") == true)
        #expect(!run.paths.contains("/secret.mid"))
    }

    @Test func robotsAreNotFetchedFromPrivateAddresses() throws {
        let run = try Self.runWithPublicStart { path, port in
            path == "/robots.txt" ? .redirect("http://localhost:\(port)/rules") : .page("")
        }
        #expect(run.paths.isEmpty)
        #expect(run.reasons["/"]?.contains("localhost is at a private address") == true)
    }

    /// The name that is checked leads to the server; that nobody else knows it stands for that it means
    /// something else the next time.
    @Test func aNameIsReachedWhereItWasChecked() throws {
        try CollectorTests.withFolder { folder in
            let server = try LoopbackServer { path in
                path == "/" ? .page("<a href=a.mid>A</a>") : .piece(CollectorTests.piece(60))
            }
            defer { server.close() }
            let host = "moving.test:\(server.port)"
            let loopback = try #require(NetworkAddress("127.0.0.1"))
            let run = try CollectorTests.run(
                over: server, from: ["http://\(host)/"], in: folder, allowsLocal: false,
                resolve: { $0 == "moving.test" ? [loopback] : [] }, isPublic: { _ in true })
            #expect(run.sources == ["http://\(host)/a.mid"])
            #expect(server.hosts == [host])
        }
    }

    /// - Parameter script: gets the path and the server's port.
    private static func runWithPublicStart(
        _ script: @escaping @Sendable (String, Int) -> LoopbackServer.Reply?
    ) throws -> CollectorTests.Run {
        try CollectorTests.withFolder { folder in
            let server = try LoopbackServer(withPort: script)
            defer { server.close() }
            let loopback = [4: "127.0.0.1", 6: "::1"].compactMapValues(NetworkAddress.init)
            return try CollectorTests.run(
                over: server, from: ["http://localhost:\(server.port)/"], in: folder,
                allowsLocal: false,
                resolve: { name in Set([loopback[name == "localhost" ? 6 : 4]].compactMap(\.self))
                },
                isPublic: { $0 == loopback[4] })
        }
    }
}
