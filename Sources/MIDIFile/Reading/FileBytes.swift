/// A file's bytes, and searches among them.
struct FileBytes {
    static let header = Array("MThd".utf8)
    static let track = Array("MTrk".utf8)
    static let endOfTrack: [UInt8] = [0xFF, 0x2F, 0]

    let all: [UInt8]

    /// How many bytes searches may still look at. Intact files need hardly any; without a
    /// bound a hostile one could have the same bytes searched again and again.
    private var searchBudget: Int

    init(_ bytes: [UInt8]) {
        self.all = bytes
        self.searchBudget = 8 * bytes.count
    }

    /// A big-endian number of `length` bytes at `offset`, which must lie within the bytes.
    func number(at offset: Int, length: Int) -> Int {
        all[offset..<offset + length].reduce(0) { $0 << 8 | Int($1) }
    }

    /// A little-endian number of four bytes at `offset`, which must lie within the bytes.
    func littleEndianNumber(at offset: Int) -> Int {
        all[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Whether the bytes at `offset` are those of `pattern`; false where they end before.
    func has(_ pattern: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset <= all.count - pattern.count else { return false }
        return all[offset..<offset + pattern.count].elementsEqual(pattern)
    }

    /// The first place in `range` where `pattern` begins; it may end beyond `range`.
    mutating func find(_ pattern: [UInt8], in range: Range<Int>) -> Int? {
        var offset = range.lowerBound
        let end = min(range.upperBound, all.count - pattern.count + 1)
        defer { searchBudget -= offset - range.lowerBound }
        while offset < end, searchBudget > 0 {
            if all[offset] == pattern[0], has(pattern, at: offset) { return offset }
            offset += 1
        }
        return nil
    }
}
