import Files
import Score

/// Names a piece by its notes, whatever its file is called and however it is encoded: a hash of its
/// notewise text in 88 keys at 12 steps a quarter.
public struct MusicContent: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    private let hash: UInt64

    /// The encoding whose text is hashed.
    package static let encoding = NotewiseEncoding(range: .keys88)

    /// - Parameter tokens: of `encoding`.
    package init(tokens: [Int]) {
        var hash = FNV1a()
        for token in tokens { hash.combine(UInt64(token)) }
        self.hash = hash.value
    }

    package init(of score: Score) { self.init(tokens: Self.encoding.encode(score).tokens) }

    /// From its sixteen hexadecimal digits; nil where they are none.
    package init?(digits: String) {
        guard digits.utf8.count == 16, let hash = UInt64(digits, radix: 16) else { return nil }
        self.hash = hash
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let content = Self(digits: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is no content of 16 hexadecimal digits")
        }
        self = content
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Sixteen hexadecimal digits.
    public var description: String { hash.hexadecimalDigits }

    /// 0…1, spread evenly over contents: which side of a split a piece is on.
    package var lot: Double {
        let mixed = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return Double(mixed >> 11) * 0x1p-53
    }

    public static func < (a: MusicContent, b: MusicContent) -> Bool { a.hash < b.hash }
}
