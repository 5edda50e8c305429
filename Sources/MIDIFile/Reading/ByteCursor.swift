/// A place in a file's bytes that cannot leave them.
struct ByteCursor {
    let bytes: [UInt8]
    /// 0…limit
    var position: Int
    /// Where the present chunk ends, at most `bytes.count`.
    var limit: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.position = 0
        self.limit = bytes.count
    }

    var remaining: Int { limit - position }

    @inline(__always)
    mutating func next() -> UInt8? {
        guard position < limit else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// A MIDI variable-length quantity and how many bytes it took; nil where the chunk ends within
    /// it. Values stop at 2³¹ − 1, however many bytes there are.
    @inline(__always)
    mutating func nextVariableLength() -> (value: Int, length: Int)? {
        guard let first = next() else { return nil }
        if first < 0x80 { return (Int(first), 1) }
        var value = Int(first & 0x7F)
        var length = 1
        while let byte = next() {
            value = min(value << 7 | Int(byte & 0x7F), Int(Int32.max))
            length += 1
            if byte < 0x80 { return (value, length) }
        }
        return nil
    }

    /// A big-endian number of `length` bytes at `offset`, which must lie within the bytes.
    func number(at offset: Int, length: Int) -> Int {
        bytes[offset..<offset + length].reduce(0) { $0 << 8 | Int($1) }
    }

    /// Whether the bytes at `offset` are those of `text`; false where they end before.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, bytes.count - offset >= length else { return false }
        for index in 0..<length where bytes[offset + index] != text.utf8Start[index] {
            return false
        }
        return true
    }

    /// Whether an End of Track event (without its delta time) is at `offset`.
    func isEndOfTrack(at offset: Int) -> Bool {
        bytes.count - offset >= 3 && bytes[offset] == 0xFF && bytes[offset + 1] == 0x2F
            && bytes[offset + 2] == 0
    }

    /// The first place in `range` where `text` begins; it may end beyond `range`.
    func find(_ text: StaticString, in range: Range<Int>) -> Int? {
        let first = text.utf8Start[0]
        var offset = range.lowerBound
        while offset < range.upperBound {
            if bytes[offset] == first, has(text, at: offset) { return offset }
            offset += 1
        }
        return nil
    }
}
