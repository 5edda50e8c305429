import Foundation

/// How the bytes of a file's texts are to be read where they are not UTF-8.
///
/// The specification knows ASCII only, and files have whatever their makers' computers had.
public enum TextEncoding: Hashable, Sendable {
    /// Western Europe: Latin-1 with the signs that Windows adds.
    case windows1252
    /// Russian, Ukrainian, Bulgarian.
    case windows1251
    /// Japanese.
    case shiftJIS

    /// The text of some bytes.
    ///
    /// Bytes that begin with a byte order mark are UTF-16, or UTF-8; without one they are UTF-8 where they
    /// can be, and else of this encoding, or of Windows-1252 where they cannot be that either. So every
    /// byte sequence has a text.
    public func text(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        if let text = Self.markedText(bytes) ?? String(validating: bytes, as: UTF8.self) {
            return text
        }
        let text: String? =
            switch self {
            case .windows1252: nil
            case .windows1251: String(bytes: bytes, encoding: .windowsCP1251)
            case .shiftJIS: String(bytes: bytes, encoding: .shiftJIS)
            }
        return text ?? Self.windows1252Text(bytes)
    }

    private static func markedText(_ bytes: some BidirectionalCollection<UInt8>) -> String? {
        let rest = Array(bytes.dropFirst(2))
        func utf16(_ high: Int, _ low: Int) -> String {
            let units = stride(from: 0, to: rest.count - 1, by: 2).map {
                UInt16(rest[$0 + high]) << 8 | UInt16(rest[$0 + low])
            }
            return String(decoding: units, as: UTF16.self)
        }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(0, 1) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(1, 0) }
        guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return nil }
        return String(validating: rest.dropFirst(), as: UTF8.self)
    }

    private static func windows1252Text(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        let scalars = bytes.map { byte in
            (0x80...0x9F).contains(byte)
                ? windowsSigns[Int(byte) - 0x80] : Unicode.Scalar(byte)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// What 0x80…0x9F are; five of them are nothing, and stay the control characters of Latin-1.
    private static let windowsSigns: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž",
        "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]
}
