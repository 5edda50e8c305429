import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A connection that sends just what it is told to, and can be gone at any time.
final class RawConnection: Sendable {
    struct Failure: Error {
        let what: String
    }

    private let socket: CInt

    init(port: Int) throws {
        #if canImport(Glibc)
            let stream = CInt(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        socket = Self.open(stream)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Failure(what: String(cString: strerror(errno))) }
    }

    /// Asks a studio for takes; what comes is to be received.
    static func takes(
        _ body: String, after node: String, in session: String, port: Int
    ) throws -> RawConnection {
        let connection = try RawConnection(port: port)
        try connection.send(
            method: "POST", path: "/api/sessions/\(session)/nodes/\(node)/takes",
            host: "localhost:\(port)", body: body)
        return connection
    }

    private static func open(_ kind: CInt) -> CInt {
        #if canImport(Darwin)
            Darwin.socket(AF_INET, kind, 0)
        #elseif canImport(Glibc)
            Glibc.socket(AF_INET, kind, 0)
        #else
            Musl.socket(AF_INET, kind, 0)
        #endif
    }

    func send(
        method: String, path: String, host: String, headers: [String] = [], body: String = ""
    ) throws {
        let lines =
            ["\(method) \(path) HTTP/1.1", "Host: \(host)", "Content-Length: \(body.utf8.count)"]
            + headers + ["", body]
        let bytes = Array(lines.joined(separator: "\r\n").utf8)
        guard write(socket, bytes, bytes.count) == bytes.count else {
            throw Failure(what: "not sent")
        }
    }

    /// What comes, up to a text; read on a thread of its own, as the server needs those of the tasks.
    func receive(until text: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { [self] in
                continuation.resume(with: Result { try read(until: text) })
            }
        }
    }

    private func read(until text: String) throws -> String {
        var received = ""
        var bytes = [UInt8](repeating: 0, count: 4096)
        while !received.contains(text) {
            let count = recv(socket, &bytes, bytes.count, 0)
            guard count > 0 else {
                throw Failure(what: "the end came before “\(text)”: \(received)")
            }
            received += String(decoding: bytes[..<count], as: UTF8.self)
        }
        return received
    }

    func close() {
        #if canImport(Darwin)
            _ = Darwin.close(socket)
        #elseif canImport(Glibc)
            _ = Glibc.close(socket)
        #else
            _ = Musl.close(socket)
        #endif
    }
}
