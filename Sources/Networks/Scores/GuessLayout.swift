/// Where contexts name tokens that they guess will come next, and how far each guess is to be trusted: what a
/// network needs to believe one more or less, whatever token it is.
package struct GuessLayout: Hashable, Sendable, Codable {
    /// The context id that says that there is no first guess. Each guess has this one and one for each word, one
    /// that says that it has no standing and one for each; the next guess's follow.
    package let firstGuess: Int
    /// How many tokens can be guessed, from id 0 on.
    package let words: Int
    /// How many classes of trust there are.
    package let standings: Int
    /// How many guesses there are.
    package let guesses: Int

    package init(firstGuess: Int, words: Int, standings: Int, guesses: Int) {
        self.firstGuess = firstGuess
        self.words = words
        self.standings = standings
        self.guesses = guesses
    }

    /// The context ids of one guess.
    private var ids: Int { words + 1 + standings + 1 }

    /// How many scores there are at a place: one for each guess of each standing.
    package var width: Int { guesses * standings }

    /// Whether tokens and contexts of a network have room for it.
    package func fits(vocabulary: Int, contexts: Int) -> Bool {
        let sizes = [firstGuess, words, standings, guesses]
        guard sizes.allSatisfy({ (0...65_536).contains($0) }), words > 0, standings > 0, guesses > 0
        else { return false }
        return words <= vocabulary && firstGuess + guesses * ids <= contexts
    }

    /// Calls `body` for each guess of a place: with where its score stands among the place's, and its token.
    ///
    /// - Parameter contexts: the place's ids, each guess's standing right after its token.
    package func forEachGuess(
        _ contexts: some Sequence<Int32>, _ body: (_ score: Int, _ token: Int) -> Void
    ) {
        var token = -1
        for id in contexts {
            let (guess, place) = (Int(id) - firstGuess).quotientAndRemainder(dividingBy: ids)
            guard Int(id) >= firstGuess, guess < guesses else { continue }
            if place <= words {
                token = place - 1
            } else if place > words + 1, token >= 0 {
                body(guess * standings + place - words - 2, token)
            }
        }
    }
}
