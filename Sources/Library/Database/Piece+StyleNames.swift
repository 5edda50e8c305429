extension Piece {
    /// The composer's surname in one plain word, such as “chopin” or “rimsky-korsakov”; nil where
    /// nobody is named.
    package var composerWord: String? { composer.flatMap(Self.composerWord(of:)) }

    /// The word for the composer of a name such as “Chopin, Frédéric” or “Żeleński”.
    package static func composerWord(of name: String) -> String? {
        word(name.prefix { $0 != "," })
    }

    /// Each of the piece's styles in one plain word, such as “hard-bop”.
    package var styleWords: [String] {
        (style ?? "").split(separator: ",").compactMap { Self.word($0) }
    }

    private static func word(_ text: some StringProtocol) -> String? {
        let words = SearchText.folded(String(text)).split(separator: " ")
        return words.isEmpty ? nil : words.joined(separator: "-")
    }
}
