/// Who may ask: pages of this server, programs on this machine, and with a token those elsewhere.
///
/// A website elsewhere whose name is made to lead to this machine (DNS rebinding) sends that name as
/// `Host`; a page of another website sends its own as `Origin`. Both are refused.
public struct RequestGuard: Hashable, Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
    /// The cookie that a page is known by.
    static let cookie = "clara-token"

    private let names: Set<String>
    private let takesAddresses: Bool
    let token: String?

    /// - Parameters:
    ///   - address: what the server listens on.
    ///   - names: of this machine, where it listens to others.
    ///   - token: nil where none is asked for.
    public init(listeningOn address: String, names: [String] = [], token: String? = nil) {
        let isLoopback = Self.isLoopback(address)
        takesAddresses = !isLoopback
        self.names = Self.loopback.union(
            [address.contains(":") ? "[\(address.lowercased())]" : address.lowercased()]
                + (isLoopback ? [] : names.map { $0.lowercased() }))
        self.token = token
    }

    /// Whether only this machine reaches what listens there.
    public static func isLoopback(_ address: String) -> Bool {
        address == "localhost" || address == "::1"
            || address.hasPrefix("127.") && isAddress(address)
    }

    /// What a request says of where it comes from and goes to.
    public struct Claims: Hashable, Sendable {
        /// The `Host` header.
        public var host: String?
        public var origin: String?
        public var authorization: String?
        public var cookies: String?
        /// The query's `token`.
        public var query: String?

        public init(
            host: String?, origin: String? = nil, authorization: String? = nil,
            cookies: String? = nil, query: String? = nil
        ) {
            self.host = host
            self.origin = origin
            self.authorization = authorization
            self.cookies = cookies
            self.query = query
        }
    }

    /// - Throws: `StudioError.foreign`, or `.noToken`.
    public func check(_ claims: Claims) throws(StudioError) {
        guard let host = claims.host, isOwn(host) else {
            throw .foreign(
                "This request is for “\((claims.host ?? "").prefix(80))”, which is not this "
                    + "studio; open the address that it printed when it started.")
        }
        if let origin = claims.origin {
            guard Self.host(ofOrigin: origin) == host.lowercased() else {
                throw .foreign("Only the studio's own pages may ask for this.")
            }
        }
        guard let token else { return }
        guard given(in: claims).contains(where: { Self.areEqual($0, token) }) else {
            throw .noToken
        }
    }

    private func given(in claims: Claims) -> [String] {
        let bearer = claims.authorization.flatMap { text in
            text.hasPrefix("Bearer ") ? String(text.dropFirst(7)) : nil
        }
        let cookies = (claims.cookies ?? "").split(separator: ";").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            let name = parts.first.map { $0.drop { $0 == " " } }
            return parts.count == 2 && name == Self.cookie[...] ? String(parts[1]) : nil
        }
        return [bearer, claims.query].compactMap(\.self) + cookies
    }

    /// In a time that does not tell how much of it is right.
    private static func areEqual(_ given: String, _ token: String) -> Bool {
        let (a, b) = (Array(given.utf8), Array(token.utf8))
        var difference = a.count ^ b.count
        for index in b.indices { difference |= Int(b[index] ^ (index < a.count ? a[index] : 0)) }
        return difference == 0
    }

    private func isOwn(_ host: String) -> Bool {
        guard let name = Self.name(of: host.lowercased()) else { return false }
        return names.contains(name) || takesAddresses && Self.isAddress(name)
    }

    /// “localhost” of “localhost:8017”; nil where no port follows the name.
    private static func name(of host: String) -> String? {
        let end =
            host.hasPrefix("[")
            ? host.firstIndex(of: "]").map(host.index(after:)) : host.firstIndex(of: ":")
        let name = host[..<(end ?? host.endIndex)]
        let port = host[name.endIndex...]
        guard port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil else {
            return nil
        }
        return String(name)
    }

    /// No one else can make a number lead elsewhere, as they can a name.
    private static func isAddress(_ name: String) -> Bool {
        if name.hasPrefix("["), name.hasSuffix("]") {
            return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || ":.%".contains($0) }
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func host(ofOrigin origin: String) -> String? {
        for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
            return origin.dropFirst(scheme.count).lowercased()
        }
        return nil
    }
}
