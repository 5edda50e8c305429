import Hummingbird

/// Writes server-sent events (*HTML*, WHATWG, § 9.2).
struct ServerSentEvents {
    private var buffer = ByteBuffer()

    /// Adds an event with JSON as its data, which has no line breaks.
    mutating func add(_ event: String, _ data: some Encodable) {
        buffer.writeString("event: \(event)\ndata: ")
        buffer.writeBytes(JSON.bytes(data))
        buffer.writeString("\n\n")
    }

    /// What was added since the last time.
    mutating func take() -> ByteBuffer? {
        guard buffer.readableBytes > 0 else { return nil }
        defer { buffer = ByteBuffer() }
        return buffer
    }
}
