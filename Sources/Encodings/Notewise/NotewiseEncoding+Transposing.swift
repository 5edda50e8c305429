extension NotewiseEncoding {
    /// The same music `semitones` higher (lower when negative).
    ///
    /// A note pushed past either edge of the range, or a duet's violin below its lowest string, is
    /// dropped with its release. Its time remains:
    /// waits that meet where a token was dropped are merged anew, so that a canonical text stays
    /// canonical, and the sum of the waits never changes. O(n), one table look-up a token.
    package func transpose(_ tokens: [Int], by semitones: Int) -> [Int] {
        guard semitones != 0 else { return tokens }
        let table = transposition(by: semitones)
        var result: [Int] = []
        result.reserveCapacity(tokens.count)
        var waiting = 0
        for id in tokens {
            if id >= layout.firstWait {
                waiting += id - layout.firstWait + 1
                continue
            }
            let moved = table[id]
            guard moved >= 0 else { continue }
            layout.appendWait(waiting, to: &result)
            waiting = 0
            result.append(moved)
        }
        layout.appendWait(waiting, to: &result)
        return result
    }

    /// For each id below the waits the id after transposing, −1 for one that is dropped.
    private func transposition(by semitones: Int) -> [Int] {
        let cells = (0..<layout.cellCount).map { grid.cell($0, transposedBy: semitones) }
        return [Vocabulary.pieceStart, Vocabulary.pieceEnd]
            + cells.map { $0.map { layout.firstStart + $0 } ?? -1 }
            + cells.map { $0.map { layout.firstRelease + $0 } ?? -1 }
    }
}
