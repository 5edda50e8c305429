/// The words of an encoding and their token ids, which are their positions.
public struct Vocabulary: Hashable, Sendable {
    /// The word of id 0: begins every piece and resets a network's state.
    public static let pieceStart = 0
    /// The word of id 1: ends every piece.
    public static let pieceEnd = 1

    /// In order of id: "<start>", "<end>", then the encoding's own.
    public let words: [String]
    private let ids: [String: Int]

    /// The two control words followed by `words`, which must differ from them and each other.
    init(words: [String]) {
        self.words = ["<start>", "<end>"] + words
        self.ids = Dictionary(
            uniqueKeysWithValues: self.words.enumerated().map { ($0.element, $0.offset) })
    }

    /// Number of words, control words included.
    public var count: Int { words.count }

    /// The id of `word`, or nil when it is none of the vocabulary.
    public func id(of word: String) -> Int? { ids[word] }

    /// The word of `id`, which must be in 0..<count.
    public subscript(id: Int) -> String { words[id] }
}
