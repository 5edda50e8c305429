extension ChordwiseEncoding: MusicEncoding {
    /// Which tokens may come next, at the beginning of a text.
    package func grammar(_ rules: GrammarRules) -> any MusicGrammar {
        ChordwiseGrammar(encoding: self, rules: rules)
    }

    /// The keys in the words of the last four quarters, and the place in the bar.
    package func context() -> (any MusicContext)? { ChordwiseContext(encoding: self) }
}
