#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An address of the internet protocol: four bytes or sixteen.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    var isOfVersion4: Bool { bytes.count == 4 }

    /// As numbers: `127.0.0.1`, `::1`.
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = isOfVersion4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// As numbers: `127.0.0.1`, `::1`.
    package init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(bytes: Array(bytes.prefix(4)))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(bytes: bytes)
        } else {
            return nil
        }
    }

    /// Whether anybody may be reached there: none of the addresses that IANA keeps for private,
    /// local, shared, documenting, multicast or future use, also not within an IPv6 address.
    package var isPublic: Bool {
        if isOfVersion4 { return !Self.reserved4.contains { $0.holds(bytes) } }
        if let inner = Self.embedding.first(where: { $0.prefix.holds(bytes) }) {
            return NetworkAddress(bytes: Array(bytes[inner.offset..<inner.offset + 4])).isPublic
        }
        // Only 2000::/3 is given out.
        return bytes[0] & 0xE0 == 0x20 && !Self.reserved6.contains { $0.holds(bytes) }
    }

    private struct Prefix {
        let bytes: [UInt8]
        let length: Int

        /// - Parameter bytes: the first ones; the rest of the prefix is zero.
        init(_ bytes: [UInt8], _ length: Int) {
            self.bytes = bytes
            self.length = length
        }

        func holds(_ address: [UInt8]) -> Bool {
            (0..<length).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                let own = bit / 8 < bytes.count ? bytes[bit / 8] : 0
                return own & mask == address[bit / 8] & mask
            }
        }
    }

    /// IANA IPv4 Special-Purpose Address Registry, multicast and class E.
    private static let reserved4 = [
        Prefix([0], 8), Prefix([10], 8), Prefix([100, 64], 10), Prefix([127], 8),
        Prefix([169, 254], 16), Prefix([172, 16], 12), Prefix([192, 0, 0], 24),
        Prefix([192, 0, 2], 24), Prefix([192, 88, 99], 24), Prefix([192, 168], 16),
        Prefix([198, 18], 15), Prefix([198, 51, 100], 24), Prefix([203, 0, 113], 24),
        Prefix([224], 3),
    ]

    /// Teredo and other protocols' own, documentation.
    private static let reserved6 = [
        Prefix([0x20, 0x01, 0x00], 23), Prefix([0x20, 0x01, 0x0D, 0xB8], 32),
        Prefix([0x3F, 0xFF, 0x00], 20),
    ]

    /// IPv6 addresses that carry one of IPv4: mapped, NAT64, 6to4.
    private static let embedding = [
        (prefix: Prefix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96), offset: 12),
        (prefix: Prefix([0x00, 0x64, 0xFF, 0x9B], 96), offset: 12),
        (prefix: Prefix([0x20, 0x02], 16), offset: 2),
    ]

    /// All addresses of a host by the system's resolver; none where it knows none.
    package static func resolve(_ host: String) -> Set<NetworkAddress> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        var list: UnsafeMutablePointer<addrinfo>?
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        guard getaddrinfo(bare, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: Set<NetworkAddress> = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr.flatMap(NetworkAddress.init(socket:)) {
                addresses.insert(address)
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }

    private init?(socket: UnsafeMutablePointer<sockaddr>) {
        let raw = UnsafeRawPointer(socket)
        switch CInt(socket.pointee.sa_family) {
        case AF_INET:
            let address = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            self.init(bytes: withUnsafeBytes(of: address) { Array($0) })
        case AF_INET6:
            let address = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(bytes: withUnsafeBytes(of: address) { Array($0) })
        default: return nil
        }
    }
}
