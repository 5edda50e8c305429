import Score

/// An encoding as recipes and model files name it: kind and settings in one word, such as
/// "notewise-62-12".
package struct EncodingName: Hashable, Sendable, CustomStringConvertible {
    /// The word.
    package let text: String

    /// Returns nil when no encoding is called so.
    package init?(_ text: String) {
        guard NotewiseEncoding(identifier: text) != nil else { return nil }
        self.text = text
    }

    /// Some names that there are, for people who look for one.
    package static let examples = "notewise-62-12, notewise-88-12, notewise-62-4 or notewise-88-4"

    package var description: String { text }

    /// The encoding of a model whose file lists these words; nil where it has others.
    package func encoding(words: [String]) -> (any MusicEncoding)? {
        let encoding = encoding(for: [])
        return encoding.vocabulary.words == words ? encoding : nil
    }

    /// The encoding for a collection of music, from which it takes its words if it has none of its own.
    package func encoding(for scores: [Score]) -> any MusicEncoding {
        guard let encoding = NotewiseEncoding(identifier: text) else {
            preconditionFailure("the name was checked when it was made")
        }
        return encoding
    }

    /// The encoding of a text, from whose words it takes its own if it has none.
    package func encoding(forText text: String) -> any MusicEncoding { encoding(for: []) }

    /// Whether the words come from the music that is encoded.
    package var takesWordsFromMusic: Bool { false }
}
