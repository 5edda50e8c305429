extension NotewiseEncoding {
    /// Lets time pass until `tokens` span `step` steps, the new wait merged with a last one; changes
    /// nothing where they span as many already.
    package func extend(_ tokens: inout [Int], toStep step: Int) {
        var missing = step - steps(of: tokens)
        guard missing > 0 else { return }
        if let last = tokens.last, case .wait(let steps) = kind(of: last) {
            missing += steps
            tokens.removeLast()
        }
        layout.appendWait(missing, to: &tokens)
    }

    /// Ends the music at `step`: what lies beyond is dropped, what sounds there is released. A text
    /// that `encode` wrote, or that the grammar allowed, stays canonical but for the waits in it.
    package func close(_ tokens: inout [Int], atStep step: Int) {
        guard step > 0 else {
            tokens = []
            return
        }
        var grammar = NotewiseGrammar(encoding: self)
        var kept = 0
        // Where the tokens of the last step begin.
        var lastStep = 0
        for token in tokens {
            if case .wait(let steps) = kind(of: token) {
                if grammar.step + steps >= step { break }
                lastStep = kept + 1
            }
            grammar.advance(token)
            kept += 1
        }
        tokens.removeLast(tokens.count - kept)
        if grammar.step < step - 1 {
            extend(&tokens, toStep: step - 1)
            lastStep = tokens.count
        }
        for cell in grammar.sounding { insertRelease(of: cell, in: &tokens, from: lastStep) }
        extend(&tokens, toStep: step)
    }

    /// Puts a release into the step that begins at `first` and ends the text: after all that concerns
    /// its key, and otherwise in its place by cell.
    private func insertRelease(of cell: Int, in tokens: inout [Int], from first: Int) {
        let release = id(of: .release(cell))
        let own = [id(of: .start(cell)), release]
        var place = first
        for position in first..<tokens.count where own.contains(tokens[position]) {
            place = position + 1
        }
        while place < tokens.count, orderInStep(tokens[place]) < orderInStep(release) { place += 1 }
        tokens.insert(release, at: place)
    }

    /// Where a token stands among those of a step.
    private func orderInStep(_ token: Int) -> Int {
        switch kind(of: token) {
        case .start(let cell): 2 * cell
        case .release(let cell): 2 * cell + 1
        case .wait, .pieceStart, .pieceEnd: .max
        }
    }

    /// The last `limit` tokens, after a rest that keeps their place in the bar, and with the notes
    /// that sound there struck anew; all of them where there are no more.
    package func recent(_ tokens: [Int], limit: Int) -> [Int] {
        guard tokens.count > limit else { return tokens }
        var grammar = NotewiseGrammar(encoding: self)
        for token in tokens.dropLast(limit) { grammar.advance(token) }
        var recent: [Int] = []
        // Twelve quarters: a whole number of bars of three quarters and of four.
        extend(&recent, toStep: grammar.step % (12 * stepsPerQuarter))
        recent += grammar.sounding.map { id(of: .start($0)) }
        return recent + tokens.suffix(limit)
    }
}
