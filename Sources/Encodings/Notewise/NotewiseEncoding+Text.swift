extension NotewiseEncoding {
    /// The words of `tokens`, separated by one space.
    package func text(for tokens: [Int]) -> String {
        tokens.lazy.map { vocabulary[$0] }.joined(separator: " ")
    }

    /// The ids of the words of `text`, separated by any white space. Words are case-sensitive.
    ///
    /// Throws at the first word that is not in the vocabulary.
    package func tokens(fromText text: String) throws(NotewiseTextError) -> [Int] {
        var tokens: [Int] = []
        for (position, word) in text.split(whereSeparator: \.isWhitespace).enumerated() {
            guard let id = vocabulary.id(of: String(word)) else {
                throw NotewiseTextError(position: position, word: String(word), encoding: self)
            }
            tokens.append(id)
        }
        return tokens
    }
}

/// A word of a text that its encoding does not have.
public struct NotewiseTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// How many words stand before it.
    public let position: Int
    public let word: String
    package let encoding: NotewiseEncoding

    public var description: String {
        let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
        let last = encoding.range.count - 1
        let letters = encoding.grid.ensemble.instruments.map(\.rawValue)
        let notes = (letters + letters.map { "end\($0)" }).map { "\($0)0…\($0)\(last)" }
        return "word \(position + 1), “\(shown)”, is not in \(encoding.identifier), which has "
            + notes.joined(separator: ", ") + ", wait1…wait\(encoding.resolution.longestWait), "
            + "<start> and <end>; correct it or name the encoding that the text is in"
    }
}
