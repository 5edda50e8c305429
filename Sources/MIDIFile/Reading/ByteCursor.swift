/// A place in a file's bytes that cannot leave them.
struct ByteCursor {
    static let header = Array("MThd".utf8)
    static let track = Array("MTrk".utf8)
    static let endOfTrack: [UInt8] = [0xFF, 0x2F, 0]

    let bytes: [UInt8]
    /// 0…limit
    var position: Int
    /// Where the present chunk ends, at most `bytes.count`.
    var limit: Int

    /// How many bytes searches may still look at. Intact files need hardly any; without a
    /// bound a hostile one could have the same bytes searched again and again.
    private var searchBudget: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.position = 0
        self.limit = bytes.count
        self.searchBudget = 8 * bytes.count
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

    /// Whether the bytes at `offset` are those of `pattern`; false where they end before.
    func has(_ pattern: [UInt8], at offset: Int) -> Bool {
        offset >= 0 && offset < bytes.count && bytes[offset...].starts(with: pattern)
    }

    /// The first place in `range` where `pattern` begins; it may end beyond `range`.
    mutating func find(_ pattern: [UInt8], in range: Range<Int>) -> Int? {
        var offset = range.lowerBound
        let end = min(range.upperBound, bytes.count - pattern.count + 1)
        defer { searchBudget -= offset - range.lowerBound }
        while offset < end, searchBudget > 0 {
            if bytes[offset] == pattern[0], has(pattern, at: offset) { return offset }
            offset += 1
        }
        return nil
    }
}
