import Foundation

/// An address of the web in one spelling: http or https, no credentials, no fragment, lowercase
/// host, no default port, no dot segments, percent signs only where they are needed (RFC 3986, 6.2).
package struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// Longer ones are no page's.
    private static let longest = 2_000

    package let url: URL
    package let site: Site

    package var description: String { url.absoluteString }

    /// Path and query, as robots.txt speaks of them.
    package var pathAndQuery: String {
        let text = description
        guard let scheme = text.range(of: "://"),
            let slash = text[scheme.upperBound...].firstIndex(of: "/")
        else { return "/" }
        return String(text[slash...])
    }

    /// Host and port, as a request's Host has them.
    var authority: String {
        let host = url.host() ?? ""
        return url.port.map { "\(host):\($0)" } ?? host
    }

    /// The same page at a host that is told by its numbers.
    func url(at host: NetworkAddress) -> URL? {
        var parts = URLComponents(url: url, resolvingAgainstBaseURL: true)
        parts?.host = host.isOfVersion4 ? "\(host)" : "[\(host)]"
        return parts?.url
    }

    /// Nil where the text, read as a link of a page at `base`, leads to no page of the web.
    package init?(_ text: String, base: URL? = nil) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty, text.utf8.count <= Self.longest,
            let resolved = URL(string: text, relativeTo: base)?.absoluteURL.standardized,
            var parts = URLComponents(url: resolved, resolvingAgainstBaseURL: true),
            let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.password == nil
        else { return nil }
        parts.scheme = scheme
        parts.host = host
        parts.fragment = nil
        if parts.port == (scheme == "http" ? 80 : 443) { parts.port = nil }
        let path = Self.plainlyEncoded(parts.percentEncodedPath)
        parts.percentEncodedPath = path.hasPrefix("/") ? path : "/" + path
        parts.percentEncodedQuery = parts.percentEncodedQuery.map(Self.plainlyEncoded)
        guard let url = parts.url, url.absoluteString.utf8.count <= Self.longest else { return nil }
        self.url = url
        site = Site(host: host, port: parts.port)
    }

    /// The last part of the path without its percent signs, for people; may be empty.
    package var lastPart: String {
        let part = url.path(percentEncoded: true).split(separator: "/").last.map(String.init) ?? ""
        return part.removingPercentEncoding ?? part
    }

    /// `%7e` as `~`, `%2f` as `%2F`.
    static func plainlyEncoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let digits = String(decoding: bytes[index...].dropFirst().prefix(2), as: UTF8.self)
            if bytes[index] == UInt8(ascii: "%"), digits.count == 2,
                digits.allSatisfy(\.isHexDigit), let byte = UInt8(digits, radix: 16)
            {
                plain += isUnreserved(byte) ? [byte] : Array("%\(digits.uppercased())".utf8)
                index += 3
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        let character = Character(UnicodeScalar(byte))
        return byte < 0x80
            && (character.isLetter || character.isNumber || "-._~".contains(character))
    }
}
