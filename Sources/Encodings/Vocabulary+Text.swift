extension Vocabulary {
    /// The ids of the words of `text`, separated by any white space. Words are case-sensitive.
    ///
    /// Throws at the first word that is not in the vocabulary.
    package func tokens(fromText text: String) throws(UnknownWordError) -> [Int] {
        var tokens: [Int] = []
        for (position, word) in text.split(whereSeparator: \.isWhitespace).enumerated() {
            guard let id = id(of: String(word)) else {
                throw UnknownWordError(position: position, word: String(word), known: summary)
            }
            tokens.append(id)
        }
        return tokens
    }

    /// The words in brief, such as "<start>, <end>, p0…p61, wait1…wait25": runs of the same letters with
    /// rising numbers, at most a dozen of them.
    package var summary: String {
        var runs: [(first: String, last: String, next: String)] = []
        for word in words {
            let letters = String(word.prefix { !$0.isNumber })
            let next = Int(word.dropFirst(letters.count)).map { letters + String($0 + 1) } ?? ""
            if let run = runs.last, run.next == word {
                runs[runs.count - 1] = (run.first, word, next)
            } else {
                runs.append((word, word, next))
            }
        }
        let shown = runs.prefix(12).map {
            $0.first == $0.last ? $0.first : "\($0.first)…\($0.last)"
        }
        return shown.joined(separator: ", ") + (runs.count > 12 ? " and others" : "")
    }
}

/// A word of a text that its encoding does not have.
public struct UnknownWordError: Error, Hashable, CustomStringConvertible {
    /// How many words stand before it.
    public let position: Int
    public let word: String
    /// The encoding's words, in brief.
    public let known: String

    public var description: String {
        let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
        return "word \(position + 1), “\(shown)”, is not in the encoding, which has \(known); "
            + "correct it or name the encoding that the text is in"
    }
}
