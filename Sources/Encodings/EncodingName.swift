import Score

/// An encoding as recipes and model files name it: kind and settings in one word, such as
/// "notewise-62-12".
package struct EncodingName: Hashable, Sendable, CustomStringConvertible {
    /// What the word names: an encoding, or the form of one that takes its words from music.
    private enum Kind: Sendable {
        case fixed(any MusicEncoding)
        case chordwise(ChordwiseForm)
    }

    /// The word.
    package let text: String
    private let kind: Kind

    /// Returns nil when no encoding is called so.
    package init?(_ text: String) {
        if let encoding = NotewiseEncoding(identifier: text) {
            kind = .fixed(encoding)
        } else if let encoding = BarwiseEncoding(identifier: text) {
            kind = .fixed(encoding)
        } else if let form = ChordwiseForm(identifier: text) {
            kind = .chordwise(form)
        } else {
            return nil
        }
        self.text = text
    }

    /// Some names that there are, for people who look for one.
    package static let examples =
        "notewise-62-12, notewise-88-4, notewise-duet-62-12, barwise-88-12, chordwise-62-4 or "
        + "chordwise-held-62-12"

    package var description: String { text }

    package static func == (a: Self, b: Self) -> Bool { a.text == b.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// The encoding of a model whose file lists these words, the last of which may be styles; nil where
    /// it has others.
    package func encoding(words: [String]) -> (any MusicEncoding)? {
        let (styles, count) = StyledEncoding.styles(in: words)
        guard StyledEncoding.areNames(styles),
            let base = plainEncoding(words: words.prefix(count))
        else { return nil }
        return styles.isEmpty ? base : StyledEncoding(base, styles: styles)
    }

    private func plainEncoding(words: ArraySlice<String>) -> (any MusicEncoding)? {
        switch kind {
        case .fixed(let encoding): encoding.vocabulary.words[...] == words ? encoding : nil
        case .chordwise(let form): ChordwiseEncoding(form, vocabulary: Array(words))
        }
    }

    /// The encoding for a collection of music, from which it takes its words if it has none of its own.
    package func encoding(for scores: some Sequence<Score>) -> any MusicEncoding {
        switch kind {
        case .fixed(let encoding): encoding
        case .chordwise(let form): ChordwiseEncoding(form, gatheringWordsFrom: scores)
        }
    }

    /// The encoding of a text, from whose words it takes its own if it has none.
    package func encoding(forText text: String) -> any MusicEncoding {
        switch kind {
        case .fixed(let encoding): encoding
        case .chordwise(let form): ChordwiseEncoding(form, words: form.words(ofText: text))
        }
    }

    /// Whether the words come from the music that is encoded.
    package var takesWordsFromMusic: Bool {
        if case .chordwise = kind { true } else { false }
    }
}
