import Files

/// A line that names the format, the number of bytes and a checksum of them, and these bytes.
///
/// Numbers are in seven bits a byte, the lowest first; the eighth bit says that more follow. Texts are
/// their length and UTF-8. First comes the baseline: the number of its pieces (0 for none), the exact
/// lengths and the near ones; then the number of pieces. Of each: file, composer and title (empty where
/// unknown), the number of chords, of bars, for each bar how many chords and bars further on it is;
/// then a byte for each anchor, and two for each print, the lower first.
extension OriginalityIndex {
    private static let mark = Array("Clara originality ".utf8)
    private static let version: UInt8 = 1

    /// The index to be stored.
    package var bytes: [UInt8] {
        var body = ByteWriter()
        body.write(baseline?.pieces ?? 0)
        for length in (baseline?.exact ?? []) + (baseline?.near ?? []) { body.write(length) }
        body.write(pieces.count)
        for piece in pieces { body.write(piece) }
        var head = ByteWriter()
        head.bytes = Self.mark + Array("\(Self.version)\n".utf8)
        head.write(body.bytes.count)
        let hash = ByteHash.of(body.bytes)
        return head.bytes + Array(hash.utf8) + body.bytes
    }

    /// Reads what `bytes` wrote.
    ///
    /// - Throws: `OriginalityIndexError` where the bytes are of another version or were not written so.
    package init(bytes: [UInt8]) throws(OriginalityIndexError) {
        guard bytes.starts(with: Self.mark) else { throw .noIndex }
        let rest = bytes.dropFirst(Self.mark.count)
        let version = rest.prefix { $0 != UInt8(ascii: "\n") }
        guard Array(version) == Array("\(Self.version)".utf8) else {
            throw .otherVersion(String(decoding: version.prefix(8), as: UTF8.self))
        }
        var reader = ByteReader(bytes, from: rest.startIndex + version.count + 1)
        let count = try reader.number(below: Int.max)
        let hash = try reader.bytes(16)
        let body = try reader.bytes(count)
        guard reader.isAtEnd, ByteHash.of(Array(body)) == String(decoding: hash, as: UTF8.self)
        else { throw .damaged(offset: reader.offset) }
        reader = ByteReader(bytes, from: body.startIndex)
        let known = try reader.number(below: bytes.count)
        var lengths: [Int] = []
        for _ in 0..<2 * known { lengths.append(try reader.number(below: 1 << 32)) }
        let runs = (0..<known).map { (exact: lengths[$0], near: lengths[known + $0]) }
        var pieces: [IndexedPiece] = []
        for _ in 0..<(try reader.number(below: bytes.count)) { pieces.append(try reader.piece()) }
        guard reader.isAtEnd else { throw .damaged(offset: reader.offset) }
        self.init(pieces, baseline: runs.isEmpty ? nil : ChanceBaseline(runs))
    }
}

/// Why bytes are no index.
package enum OriginalityIndexError: Error, Hashable, CustomStringConvertible {
    case noIndex
    case otherVersion(String)
    case damaged(offset: Int)

    package var description: String {
        switch self {
        case .noIndex: "it is no index of Clara's"
        case .otherVersion(let version):
            "it is an index of version “\(version)”, which this Clara does not read"
        case .damaged(let offset): "it is damaged at byte \(offset)"
        }
    }
}

/// Puts values into bytes.
private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func write(_ number: Int) {
        var rest = UInt(number)
        while rest > 127 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes += text.utf8
    }

    mutating func write(_ piece: IndexedPiece) {
        write(piece.name.file)
        write(piece.name.composer ?? "")
        write(piece.name.title ?? "")
        write(piece.chordCount)
        write(piece.bars.count)
        var (chord, number) = (0, 0)
        for bar in piece.bars {
            write(bar.chord - chord)
            write(bar.number - number)
            (chord, number) = (bar.chord, bar.number)
        }
        bytes += piece.anchors
        for print in piece.prints {
            bytes.append(UInt8(truncatingIfNeeded: print.bits))
            bytes.append(UInt8(print.bits >> 8))
        }
    }
}

/// Takes values out of bytes; each may be damaged.
private struct ByteReader {
    private let all: [UInt8]
    private(set) var offset: Int

    init(_ all: [UInt8], from offset: Int) {
        self.all = all
        self.offset = offset
    }

    var isAtEnd: Bool { offset >= all.count }

    private func damaged() -> OriginalityIndexError { .damaged(offset: min(offset, all.count)) }

    mutating func bytes(_ count: Int) throws(OriginalityIndexError) -> ArraySlice<UInt8> {
        guard offset <= all.count, count <= all.count - offset else { throw damaged() }
        defer { offset += count }
        return all[offset..<offset + count]
    }

    /// - Parameter limit: which it must be below.
    mutating func number(below limit: Int) throws(OriginalityIndexError) -> Int {
        var number: UInt = 0
        for shift in stride(from: UInt(0), to: 56, by: 7) {
            guard offset < all.count else { throw damaged() }
            let byte = all[offset]
            offset += 1
            number |= UInt(byte & 127) << shift
            if byte < 128 {
                guard number < UInt(limit) else { throw damaged() }
                return Int(number)
            }
        }
        throw damaged()
    }

    private mutating func text() throws(OriginalityIndexError) -> String {
        String(decoding: try bytes(number(below: all.count)), as: UTF8.self)
    }

    private mutating func word() throws(OriginalityIndexError) -> String? {
        let text = try text()
        return text.isEmpty ? nil : text
    }

    mutating func piece() throws(OriginalityIndexError) -> IndexedPiece {
        let name = IndexedPiece.Name(file: try text(), composer: try word(), title: try word())
        let chords = try number(below: ChordSequence.limit + 1)
        var bars: [IndexedPiece.Bar] = []
        var (chord, bar) = (0, 0)
        for _ in 0..<(try number(below: chords + 1)) {
            chord += try number(below: chords - chord)
            bar += try number(below: (1 << 56) - bar)
            bars.append(IndexedPiece.Bar(chord: chord, number: bar))
        }
        guard (bars.first?.chord ?? 0) == 0, bars.isEmpty == (chords == 0) else { throw damaged() }
        let spacing = IndexedPiece.anchorSpacing
        let anchors = Array(try bytes((chords + spacing - 1) / spacing))
        let prints = Array(try bytes(2 * max(0, chords - PassagePrint.span + 1)))
        return IndexedPiece(
            name: name, chordCount: chords,
            prints: stride(from: 0, to: prints.count, by: 2).map {
                PassagePrint(bits: UInt16(prints[$0]) | UInt16(prints[$0 + 1]) << 8)
            }, bars: bars, anchors: anchors)
    }
}
