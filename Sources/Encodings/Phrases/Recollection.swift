/// What a context tells last, of music that went before: the notes struck last (`LastNotes`), then guesses at the
/// next token, by phrases that come back (`PhraseGuesses`).
struct Recollection: Hashable, Sendable {
    private var lastNotes: LastNotes
    private var phrases: PhraseGuesses
    private let firstToken: Int
    private let firstID: Int

    /// - Parameters:
    ///   - firstToken: the id of the token that strikes the lowest cell; the others' follow.
    ///   - firstID: how many ids the context has before these.
    init(grid: NoteGrid, alphabet: PhraseAlphabet, firstToken: Int, firstID: Int) {
        lastNotes = LastNotes(grid: grid)
        phrases = PhraseGuesses(alphabet)
        self.firstToken = firstToken
        self.firstID = firstID
    }

    /// How many ids the context has with these.
    var endID: Int { firstGuess + phrases.count }

    private var firstGuess: Int { firstID + lastNotes.count }

    var references: ReferenceNotes {
        lastNotes.references(firstToken: firstToken, firstID: firstID)
    }

    var guesses: GuessedTokens { phrases.layout(firstID: firstGuess) }

    mutating func reset() {
        lastNotes.reset()
        phrases.reset()
    }

    mutating func advance(_ token: Int) { phrases.advance(token) }

    /// Notes a strike, at the latest step or a later one.
    mutating func strike(_ cell: Int, at step: Int) { lastNotes.strike(cell, at: step) }

    /// Appends the ids that hold at a step, the latest that struck any or a later one.
    func appendIDs(at step: Int, in block: inout IDBlock, to ids: inout [Int32]) {
        lastNotes.appendIDs(at: step, in: &block, to: &ids)
        phrases.appendIDs(in: &block, to: &ids)
    }
}
