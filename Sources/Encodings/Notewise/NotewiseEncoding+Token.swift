extension NotewiseEncoding {
    /// What a token id means. A cell is a pitch index; in duets it is the violin's, or the piano's
    /// after all of the violin's.
    package enum Token: Hashable, Sendable {
        /// "<start>", before the first token of a piece.
        case pieceStart
        /// "<end>", after the last token of a piece.
        case pieceEnd
        /// The note of this cell is struck in the current step.
        case start(Int)
        /// The note of this cell sounds to the end of the current step and no longer.
        case release(Int)
        /// So many steps pass.
        case wait(steps: Int)
    }

    /// What `id`, which must be in `0..<vocabulary.count`, means. By arithmetic, in constant time.
    package func kind(of id: Int) -> Token { layout.token(id) }

    /// The id of a token whose cell or steps must be within this encoding's.
    package func id(of token: Token) -> Int {
        switch token {
        case .pieceStart: return Vocabulary.pieceStart
        case .pieceEnd: return Vocabulary.pieceEnd
        case .start(let cell):
            precondition((0..<layout.cellCount).contains(cell), "no such cell")
            return layout.firstStart + cell
        case .release(let cell):
            precondition((0..<layout.cellCount).contains(cell), "no such cell")
            return layout.firstRelease + cell
        case .wait(let steps):
            precondition((1...layout.longestWait).contains(steps), "no wait token is this long")
            return layout.firstWait + steps - 1
        }
    }

    /// The steps that pass in `tokens`: the sum of the waits.
    package func steps(of tokens: [Int]) -> Int {
        let before = layout.firstWait - 1
        return tokens.reduce(0) { $0 + max(0, $1 - before) }
    }

    /// The number of notes that start in `tokens`.
    package func noteCount(of tokens: [Int]) -> Int {
        let starts = layout.firstStart..<layout.firstRelease
        return tokens.reduce(0) { $0 + (starts.contains($1) ? 1 : 0) }
    }
}
