/// A host with its port, the same with and without `www.`, by http and by https.
package struct Site: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    /// Nil for the scheme's own.
    package let port: Int?

    init(host: String, port: Int?) {
        self.host = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        self.port = port
    }

    package var description: String { port.map { "\(host):\($0)" } ?? host }
}
