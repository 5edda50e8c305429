/// Finds out which encoding a file's texts have, from all of them together.
///
/// A file may say so: `{@JP}` and `{@LATIN}` in its lyrics (RP-026), or the `@L` line of karaoke files,
/// of which Japanese (`@LJAPA`) and Russian (`@LRUSS`) matter. The first such tag decides. Otherwise texts
/// that are not UTF-8 are taken for Shift-JIS where all of them can be that and their characters of two
/// bytes stand together, as Japanese ones do and accented letters do not; else for Windows-1252.
struct TextEvidence {
    private static let tags: [(bytes: [UInt8], encoding: TextEncoding)] = [
        (Array("{@JP".utf8), .shiftJIS), (Array("{@LATIN".utf8), .windows1252),
        (Array("@LJAPA".utf8), .shiftJIS), (Array("@LRUSS".utf8), .windows1251),
    ]

    private var tagged: TextEncoding?
    private var isShiftJIS = true
    /// Characters of two bytes in texts that are not UTF-8, and those that accented letters would hardly
    /// look like.
    private var doubleCount = 0
    private var sureCount = 0

    var encoding: TextEncoding {
        if let tagged { return tagged }
        return isShiftJIS && sureCount > 0 && 2 * sureCount >= doubleCount
            ? .shiftJIS : .windows1252
    }

    /// Takes in a text of the file.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
        if let first = bytes.first, first == 0x7B || first == 0x40, tagged == nil {
            tagged = Self.tags.first { bytes.starts(with: $0.bytes) }?.encoding
        }
        guard isShiftJIS, bytes.contains(where: { $0 >= 0x80 }),
            String(validating: bytes, as: UTF8.self) == nil
        else { return }
        addDoubles(bytes)
    }

    private mutating func addDoubles(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        var followsDouble = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            switch byte {
            case ..<0x80, 0xA1...0xDF: followsDouble = false
            case 0x81...0x9F, 0xE0...0xFC:
                guard index < bytes.endIndex, bytes[index] != 0x7F,
                    (0x40...0xFC).contains(bytes[index])
                else { return isShiftJIS = false }
                doubleCount += 1
                if followsDouble || byte < 0xA0 && bytes[index] >= 0x80 { sureCount += 1 }
                followsDouble = true
                index += 1
            default: return isShiftJIS = false
            }
        }
    }
}
