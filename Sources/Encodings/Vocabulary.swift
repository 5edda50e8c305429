/// The words of an encoding and their token ids, which are their positions.
package struct Vocabulary: Hashable, Sendable {
    /// The word of id 0: begins every piece and resets a network's state.
    package static let pieceStart = 0
    /// The word of id 1: ends every piece.
    package static let pieceEnd = 1

    /// In order of id: "<start>", "<end>", then the encoding's own.
    package let words: [String]
    private let ids: [String: Int]

    /// The two control words followed by `words`, which must differ from them and each other.
    init(words: [String]) {
        self.words = ["<start>", "<end>"] + words
        self.ids = Dictionary(
            uniqueKeysWithValues: self.words.enumerated().map { ($0.element, $0.offset) })
    }

    /// Number of words, control words included.
    package var count: Int { words.count }

    /// The id of `word`, or nil when it is none of the vocabulary.
    package func id(of word: String) -> Int? { ids[word] }

    /// The word of `id`, which must be in 0..<count.
    package subscript(id: Int) -> String { words[id] }
}
