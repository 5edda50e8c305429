import Foundation
import Synchronization

/// A server on loopback that answers as a script says, badly where it is told to.
package final class LoopbackServer: Sendable {
    package struct Reply: Sendable {
        package var status: Int
        package var type: String?
        package var headers: [String]
        package var body: [UInt8]
        /// What Content-Length claims; nil for none.
        package var length: Int?
        /// Repeats the body until the client has enough.
        package var isEndless: Bool
        /// Between bytes, in microseconds.
        package var drip: UInt32?

        package init(
            status: Int = 200, type: String? = "text/html", headers: [String] = [],
            body: [UInt8] = [], length: Int? = nil, isEndless: Bool = false, drip: UInt32? = nil
        ) {
            self.status = status
            self.type = type
            self.headers = headers
            self.body = body
            self.length = length
            self.isEndless = isEndless
            self.drip = drip
        }

        package static func page(_ html: String) -> Reply { Reply(body: Array(html.utf8)) }
        package static func status(_ status: Int) -> Reply { Reply(status: status) }
        package static func redirect(_ target: String) -> Reply {
            Reply(status: 302, headers: ["Location: \(target)"])
        }
        package static func piece(_ bytes: [UInt8], type: String? = "audio/midi") -> Reply {
            Reply(type: type, body: bytes)
        }
    }

    package let port: Int
    private let socket: CInt
    private let requested = Mutex<[String]>([])
    private let asked = Mutex<Set<String>>([])
    private let isClosed = Atomic(false)

    package var address: String { "http://127.0.0.1:\(port)" }
    /// Paths in the order of their requests, without robots.txt.
    package var paths: [String] { requested.withLock { $0.filter { $0 != "/robots.txt" } } }

    /// What requests had for their Host.
    package var hosts: Set<String> { asked.withLock { $0 } }

    /// - Parameter reply: gets the path; nil is not found.
    package convenience init(_ reply: @escaping @Sendable (String) -> Reply?) throws {
        try self.init(withPort: { path, _ in reply(path) })
    }

    /// - Parameter reply: gets the path and the server's port.
    package init(withPort reply: @escaping @Sendable (String, Int) -> Reply?) throws {
        let server = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(server, $0, size) == 0 && listen(server, 64) == 0
                    && getsockname(server, $0, &size) == 0
            }
        }
        guard server >= 0, isBound else { throw CocoaError(.fileReadUnknown) }
        socket = server
        port = Int(UInt16(bigEndian: name.sin_port))
        Thread.detachNewThread { [self] in
            while !isClosed.load(ordering: .relaxed) {
                let client = accept(socket, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { [self] in
                    serve(client, reply)
                    Foundation.close(client)
                }
            }
        }
    }

    package func close() {
        isClosed.store(true, ordering: .relaxed)
        shutdown(socket, CInt(SHUT_RDWR))
        Foundation.close(socket)
    }

    private func serve(_ client: CInt, _ script: (String, Int) -> Reply?) {
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: head, as: UTF8.self).contains("\r\n\r\n") {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0, head.count < 1 << 16 else { return }
            head += buffer.prefix(count)
        }
        let text = String(decoding: head, as: UTF8.self)
        for line in text.split(separator: "\r\n") where line.lowercased().hasPrefix("host: ") {
            asked.withLock { _ = $0.insert(String(line.dropFirst(6))) }
        }
        let words = text.split(separator: " ")
        let path = words.count > 1 ? String(words[1]) : "/"
        requested.withLock { $0.append(path) }
        let reply = script(path, port) ?? .status(404)
        var lines = ["HTTP/1.1 \(reply.status) Reply", "Connection: close"] + reply.headers
        if let type = reply.type { lines.append("Content-Type: \(type)") }
        let length = reply.length ?? (reply.isEndless ? nil : reply.body.count)
        if let length { lines.append("Content-Length: \(length)") }
        guard send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8), client) else {
            return
        }
        repeat {
            if let drip = reply.drip {
                for byte in reply.body {
                    usleep(drip)
                    guard send([byte], client) else { return }
                }
            } else {
                guard send(reply.body, client) else { return }
            }
        } while reply.isEndless && !isClosed.load(ordering: .relaxed)
    }

    private func send(_ bytes: [UInt8], _ client: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(client, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
