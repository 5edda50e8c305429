import Score

/// An encoding whose texts can be told in whose manner they are: words for styles, such as composers and
/// periods, after all its own.
///
/// A style stands before a piece's text, and is not part of it: `encode` never writes one, `grammar`
/// never allows one, and in the midst of a text one means nothing. To a network its context tells it at
/// every place.
package struct StyledEncoding: MusicEncoding {
    /// What the texts are written in.
    let base: any MusicEncoding
    /// The styles' names, each once.
    package let styles: [String]
    /// The encoding's, then “<style-NAME>” for each style.
    package let vocabulary: Vocabulary

    private static let prefix = "<style-"

    /// - Parameter styles: names without white space, each once.
    package init(_ base: any MusicEncoding, styles: [String]) {
        precondition(Self.areNames(styles), "styles need names of one word each")
        self.base = base
        self.styles = styles
        let own = base.vocabulary.words.dropFirst(2)
        vocabulary = Vocabulary(words: own + styles.map { "\(Self.prefix)\($0)>" })
    }

    /// Whether styles can be called so: each a word, none like another.
    static func areNames(_ styles: [String]) -> Bool {
        Set(styles).count == styles.count
            && styles.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isWhitespace) }
    }

    /// The names that the last of `words` give to styles, and how many words come before them.
    static func styles(in words: [String]) -> (names: [String], others: Int) {
        let names = words.reversed().prefix { $0.hasPrefix(prefix) && $0.hasSuffix(">") }
            .reversed().map { String($0.dropFirst(prefix.count).dropLast()) }
        return (names, words.count - names.count)
    }

    package static func == (a: Self, b: Self) -> Bool {
        a.identifier == b.identifier && a.vocabulary == b.vocabulary
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(identifier)
        hasher.combine(styles)
    }

    private func withoutStyles(_ tokens: [Int]) -> [Int] {
        tokens.contains(where: styleTokens.contains)
            ? tokens.filter { !styleTokens.contains($0) } : tokens
    }

    // As the base has it: a model's file tells the styles by its words.
    package var identifier: String { base.identifier }
    package var grid: NoteGrid { base.grid }
    package var neverHeld: [MusicAspect] { base.neverHeld }

    package func opening(_ meter: Meter, microsecondsPerQuarter tempo: Int?) -> [Int] {
        base.opening(meter, microsecondsPerQuarter: tempo)
    }

    package func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport) {
        base.encode(score)
    }

    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport) {
        base.decode(withoutStyles(tokens), ticksPerQuarter: ticksPerQuarter, rule: rule)
    }

    package func tokens(fromText text: String) throws(UnknownWordError) -> [Int] {
        try base.tokens(fromText: text)
    }

    package func transpose(_ tokens: [Int], by semitones: Int) -> [Int] {
        base.transpose(withoutStyles(tokens), by: semitones)
    }

    package func noteCount(of tokens: [Int]) -> Int { base.noteCount(of: withoutStyles(tokens)) }

    package func steps(of tokens: [Int]) -> Int { base.steps(of: withoutStyles(tokens)) }

    package func extend(_ tokens: inout [Int], toStep step: Int) {
        tokens = withoutStyles(tokens)
        base.extend(&tokens, toStep: step)
    }

    package func close(_ tokens: inout [Int], atStep step: Int) {
        tokens = withoutStyles(tokens)
        base.close(&tokens, atStep: step)
    }

    package func recent(_ tokens: [Int], limit: Int) -> [Int] {
        base.recent(withoutStyles(tokens), limit: limit)
    }

    package func grammar(_ rules: GrammarRules) -> any MusicGrammar {
        StyledGrammar(base.grammar(rules), own: base.vocabulary.count)
    }

    package func grammar(
        _ rules: GrammarRules, given instrument: InstrumentClass, of score: Score
    ) -> (any MusicGrammar)? {
        base.grammar(rules, given: instrument, of: score).map {
            StyledGrammar($0, own: base.vocabulary.count)
        }
    }

    package func context() -> (any MusicContext)? { StyledContext(self) }

    package func follower(after tokens: [Int], endStep: Int) -> (any MusicFollower)? {
        base.follower(after: withoutStyles(tokens), endStep: endStep)
    }
}
