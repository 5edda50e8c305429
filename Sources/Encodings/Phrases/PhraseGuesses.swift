/// Guesses at a text's next token, by phrases that come back: as they were, and in another key.
///
/// Numbered, each of the two in turn: the token that it guesses, or that there is no guess; then how far it is to
/// be trusted, or that there is none.
struct PhraseGuesses: Hashable, Sendable {
    private static let kinds = 2

    private let alphabet: PhraseAlphabet
    /// Tokens as they are.
    private var asWritten = PhraseMatcher()
    /// Notes by their distance from the note struck last.
    private var transposed = PhraseMatcher()
    /// The pitch struck last, counted within its instrument's range.
    private var reference = 0

    init(_ alphabet: PhraseAlphabet) { self.alphabet = alphabet }

    /// How many ids there are.
    var count: Int { Self.kinds * (alphabet.words + 1 + PhraseMatcher.standings + 1) }

    /// - Parameter firstID: how many ids the context has before these.
    func layout(firstID: Int) -> GuessedTokens {
        GuessedTokens(
            firstID: firstID, words: alphabet.words, standings: PhraseMatcher.standings,
            count: Self.kinds)
    }

    mutating func reset() {
        asWritten.reset()
        transposed.reset()
        reference = 0
    }

    mutating func advance(_ token: Int) {
        guard !alphabet.isPassedOver(token) else { return }
        asWritten.append(Int32(token))
        transposed.append(alphabet.symbol(for: token, above: reference))
        reference = alphabet.struckPitch(by: token) ?? reference
    }

    func appendIDs(in block: inout IDBlock, to ids: inout [Int32]) {
        append(asWritten, asWritten.guess.map { Int($0) }, in: &block, to: &ids)
        append(
            transposed, transposed.guess.flatMap { alphabet.token(for: $0, above: reference) },
            in: &block, to: &ids)
    }

    private func append(
        _ matcher: PhraseMatcher, _ token: Int?, in block: inout IDBlock, to ids: inout [Int32]
    ) {
        block.append(token ?? -1, to: &ids, of: alphabet.words)
        block.append(token == nil ? -1 : matcher.standing, to: &ids, of: PhraseMatcher.standings)
    }
}
