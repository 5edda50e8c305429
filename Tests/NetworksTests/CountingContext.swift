import Networks

/// A context for tests, with 40 ids: the sum of the tokens since the piece's start (mod 3), and whether
/// the newest is odd; sometimes the latter twice; then a guess at the next token, sometimes how frequent a
/// pitch class is, and one note that sounds, or two. No token may follow itself.
struct CountingContext: StreamContext {
    static let count = 40
    /// As though the sum named none of the notes 3 and 4, or one of them; 5 and 6 are another instrument's.
    static let scores = ScoreLayout(
        intervals: IntervalLayout(
            firstNote: 3, notes: 2, instruments: 2, firstReference: 0, references: 1),
        harmony: HarmonyLayout(
            firstNote: 3, notes: 2, instruments: 2, firstSounding: 36, ways: 1),
        pitchClasses: PitchClassLayout(
            firstNote: 3, notes: 2, instruments: 2, lowest: 11, firstFrequency: 12, frequencies: 2,
            memories: 1),
        guesses: GuessLayout(firstGuess: 5, words: 3, standings: 2, guesses: 1))
    private var sum = 0
    private var newest = 0

    mutating func advance(_ token: Int) {
        sum = token == 0 ? 0 : sum + token
        newest = token
    }

    func appendIDs(to ids: inout [Int32]) {
        ids.append(Int32(sum % 3))
        for _ in 0..<(sum % 4 == 1 ? 2 : 1) { ids.append(Int32(3 + newest % 2)) }
        // None, or one of the tokens 0…2; and its standing.
        let guess = sum % 4
        ids.append(Int32(5 + guess))
        ids.append(Int32(guess == 0 ? 9 : 10 + newest % 2))
        ids.append(Int32(36 + sum % 4))
        if sum % 3 == 1 { ids.append(Int32(36 + (sum + 1) % 4)) }
        // That of notes 4 and 6, of 3 and 5, or of none.
        if sum % 5 < 4 { ids.append(Int32(12 + [0, 22, 23, 5][sum % 5])) }
    }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        for token in allowed.indices { allowed[token] = token != newest }
    }
}
