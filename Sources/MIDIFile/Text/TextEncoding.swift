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

    /// The text of some bytes, without a byte order mark.
    ///
    /// Bytes that begin with the mark of UTF-16 are that. Others are UTF-8 where they can be, and else of
    /// this encoding, or of Windows-1252 where they cannot be that either. So every byte sequence has a
    /// text.
    public func text(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        let text =
            Self.utf16Text(bytes) ?? String(validating: bytes, as: UTF8.self)
            ?? ownText(bytes) ?? Self.windows1252Text(bytes)
        guard text.unicodeScalars.first == Self.mark else { return text }
        return String(text.unicodeScalars.drop { $0 == Self.mark })
    }

    private static let mark: Unicode.Scalar = "\u{FEFF}"

    private static func utf16Text(_ bytes: some BidirectionalCollection<UInt8>) -> String? {
        let isBigEndian = bytes.starts(with: [0xFE, 0xFF])
        guard isBigEndian || bytes.starts(with: [0xFF, 0xFE]) else { return nil }
        let rest = Array(bytes)
        let units = stride(from: 2, to: rest.count - 1, by: 2).map { index in
            let unit = UInt16(rest[index]) << 8 | UInt16(rest[index + 1])
            return isBigEndian ? unit : unit.byteSwapped
        }
        return String(decoding: units, as: UTF16.self)
    }

    private func ownText(_ bytes: some BidirectionalCollection<UInt8>) -> String? {
        switch self {
        case .windows1252: nil
        case .windows1251: String(bytes: bytes, encoding: .windowsCP1251)
        case .shiftJIS: String(bytes: bytes, encoding: .shiftJIS)
        }
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

extension String {
    /// Without spaces, control characters and byte order marks at either end, as names are kept.
    var trimmedName: String {
        let isPadding = { (scalar: Unicode.Scalar) in
            scalar.value <= 0x20 || scalar.value == 0xFEFF
        }
        let start = unicodeScalars.drop(while: isPadding)
        guard let last = start.lastIndex(where: { !isPadding($0) }) else { return "" }
        return String(start[...last])
    }
}
