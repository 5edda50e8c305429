import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// Who may ask.
@Suite struct GuardTests {
    typealias Claims = RequestGuard.Claims

    private let local = RequestGuard(listeningOn: "127.0.0.1")

    @Test(arguments: [
        "localhost", "localhost:8017", "127.0.0.1:8017", "[::1]:8017", "LOCALHOST:80",
    ])
    func thisMachineIsLetIn(host: String) throws {
        try local.check(Claims(host: host))
        try local.check(Claims(host: host, origin: "http://\(host)"))
    }

    @Test(arguments: [
        ("127.0.0.2", "127.0.0.2:8017"), ("::1", "[::1]:8017"), ("localhost", "localhost:8017"),
        ("192.168.1.20", "192.168.1.20:8017"),
    ])
    func theAddressThatItListensOnIsItsOwn(address: String, host: String) throws {
        try RequestGuard(listeningOn: address).check(Claims(host: host))
    }

    @Test func onlyNumbersAreThisMachinesForSure() {
        #expect(["127.0.0.1", "127.9.9.9", "::1", "localhost"].allSatisfy(RequestGuard.isLoopback))
        #expect(
            !["127.example.com", "127.0.0.1.com", "0.0.0.0"].contains(
                where: RequestGuard.isLoopback))
    }

    @Test(arguments: [
        "evil.example", "evil.example:8017", "localhost.evil.example", "127.0.0.1.evil.example",
        "192.168.1.20:8017", "", "[::1].evil.example", "localhost@evil.example",
    ])
    func anotherHostIsRefused(host: String) {
        #expect(throws: StudioError.self) { try local.check(Claims(host: host)) }
        #expect(throws: StudioError.self) { try local.check(Claims(host: nil)) }
    }

    @Test(arguments: [
        "http://evil.example", "null", "http://localhost:9999", "https://localhost.evil.example",
        "file://", "http://localhost:8017.evil.example",
    ])
    func anotherWebsiteIsRefused(origin: String) {
        #expect(throws: StudioError.self) {
            try local.check(Claims(host: "localhost:8017", origin: origin))
        }
    }

    @Test func othersNeedTheTokenAndAnAddress() throws {
        let token = "0123456789abcdef"
        let open = RequestGuard(listeningOn: "0.0.0.0", names: ["Studio"], token: token)
        let hosts = ["192.168.1.20:8017", "studio:8017", "localhost:8017", "[fe80::1]:8017"]
        for host in hosts {
            #expect(throws: StudioError.noToken) { try open.check(Claims(host: host)) }
            try open.check(Claims(host: host, authorization: "Bearer \(token)"))
            try open.check(Claims(host: host, cookies: "a=b; clara-token=\(token)"))
            try open.check(Claims(host: host, query: token))
            for wrong in ["", "0123456789abcde", token + "0", "0123456789abcdeF"] {
                #expect(throws: StudioError.noToken) {
                    try open.check(Claims(host: host, authorization: "Bearer \(wrong)"))
                }
            }
        }
        #expect(throws: StudioError.self) {
            try open.check(Claims(host: "evil.example", authorization: "Bearer \(token)"))
        }
    }

    @Test func aForeignHostIsRefusedOverASocket() async throws {
        try await TestStudio().run(.live) { client in
            let port = try #require(client.client.port)
            for (host, headers, answer) in [
                ("evil.example", [], "403 Forbidden"),
                ("localhost:\(port)", ["Origin: http://evil.example"], "403 Forbidden"),
                ("localhost:\(port)", ["Origin: http://localhost:\(port)"], "200 OK"),
            ] {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send(
                    method: "GET", path: "/api/sessions", host: host, headers: headers)
                #expect(try await connection.receive(until: "\r\n\r\n").contains(answer))
            }
        }
    }

    @Test func aPageThatIsOpenedWithTheTokenRemembersIt() async throws {
        let token = "0123456789abcdef"
        try await TestStudio { $0.token = token }.run { client in
            #expect(try await client.ask(.get, "/").status == .unauthorized)
            #expect(try await client.ask(.get, "/api/sessions").status == .unauthorized)
            let opened = try await client.ask(.get, "/?token=\(token)")
            #expect(opened.status == .seeOther && opened.headers[.location] == "/")
            let cookie = try #require(opened.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            let own = try #require(cookie.split(separator: ";").first)
            let page = try await client.ask(.get, "/", headers: [.cookie: String(own)])
            #expect(page.status == .ok)
        }
    }
}
