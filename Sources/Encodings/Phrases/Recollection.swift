/// What a context tells last, of music that went before: which key holds and which pitch classes are in use
/// (`Tonality`), the notes struck last (`LastNotes`), and guesses at the next token, by phrases that come back
/// (`PhraseGuesses`).
///
/// Numbered: the tonic and the notes struck last, all of them references; then the rest of what the key tells; then
/// the guesses.
struct Recollection: Hashable, Sendable {
    private var tonality: Tonality
    private var lastNotes: LastNotes
    private var phrases: PhraseGuesses
    private let firstToken: Int
    private let firstID: Int

    /// - Parameters:
    ///   - firstToken: the id of the token that strikes the lowest cell; the others' follow.
    ///   - firstID: how many ids the context has before these.
    init(grid: NoteGrid, alphabet: PhraseAlphabet, firstToken: Int, firstID: Int) {
        tonality = Tonality(grid: grid)
        lastNotes = LastNotes(grid: grid)
        phrases = PhraseGuesses(alphabet)
        self.firstToken = firstToken
        self.firstID = firstID
    }

    /// How many ids the context has with these.
    var endID: Int { firstGuess + phrases.count }

    private var firstOfKey: Int { firstID + tonality.tonicIDs + lastNotes.count }

    private var firstGuess: Int { firstOfKey + tonality.count }

    var references: ReferenceNotes {
        lastNotes.references(
            firstToken: firstToken, firstID: firstID, before: Tonality.tonicCount)
    }

    var frequencies: PitchClassFrequencies {
        tonality.frequencies(firstToken: firstToken, firstID: firstOfKey)
    }

    var guesses: GuessedTokens { phrases.layout(firstID: firstGuess) }

    mutating func reset() {
        tonality.reset()
        lastNotes.reset()
        phrases.reset()
    }

    mutating func advance(_ token: Int) { phrases.advance(token) }

    /// Notes a strike, at the latest step or a later one.
    mutating func strike(_ cell: Int, at step: Int) {
        tonality.strike(cell)
        lastNotes.strike(cell, at: step)
    }

    /// Appends the ids that hold at a step, the latest that struck any or a later one.
    func appendIDs(at step: Int, in block: inout IDBlock, to ids: inout [Int32]) {
        tonality.appendTonic(in: &block, to: &ids)
        lastNotes.appendIDs(at: step, in: &block, to: &ids)
        tonality.appendIDs(in: &block, to: &ids)
        phrases.appendIDs(in: &block, to: &ids)
    }
}
