extension NotewiseEncoding: MusicEncoding {
    package var neverHeld: [MusicAspect] { Self.neverHeld }

    /// Which tokens may come next, at the beginning of a text.
    package func grammar(_ rules: GrammarRules) -> any MusicGrammar {
        NotewiseGrammar(encoding: self, rules: rules)
    }

    /// The notes that sound, the place in the bar, what was struck before and what phrases foretell.
    package func context() -> (any MusicContext)? { NotewiseContext(encoding: self) }
}

extension NotewiseGrammar: MusicGrammar {}
