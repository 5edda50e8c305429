extension ChordwiseEncoding {
    /// The notes that are struck in `tokens`.
    package func noteCount(of tokens: [Int]) -> Int {
        tokens.reduce(0) { $0 + (word(of: $1)?.chord.struck.nonzeroBitCount ?? 0) }
    }

    /// The complete steps of `tokens`: in duets those in which each instrument had its turn.
    package func steps(of tokens: [Int]) -> Int {
        var place = ChordwisePlace(form)
        for token in tokens {
            if let word = word(of: token) {
                place.advance(word.chord, instrument: word.instrument)
            }
        }
        return place.step
    }

    /// Adds rests until `tokens` span `step` steps; changes nothing where they span as many already.
    package func extend(_ tokens: inout [Int], toStep step: Int) {
        var writer = ChordwiseWriter(self, after: tokens)
        writer.rest(toStep: step)
        tokens = writer.tokens
    }

    /// Ends the music at `step`: what lies beyond is dropped, what is held there ends.
    package func close(_ tokens: inout [Int], atStep step: Int) {
        var place = ChordwisePlace(form)
        var kept = 0
        for token in tokens {
            if let word = word(of: token) {
                place.rest(untilTurnOf: word.instrument)
                if place.step >= step { break }
                place.advance(word.chord, instrument: word.instrument)
            }
            kept += 1
        }
        tokens.removeLast(tokens.count - kept)
        extend(&tokens, toStep: step)
    }

    /// The last `limit` tokens and what is before them in the same twelve quarters, which is a whole
    /// number of bars of three quarters and of four. Keys that are held at their beginning are struck;
    /// rests tell of strikes in what is left. All tokens where there are no more.
    package func recent(_ tokens: [Int], limit: Int) -> [Int] {
        guard tokens.count > limit else { return tokens }
        let bars = 12 * stepsPerQuarter
        var place = ChordwisePlace(form)
        var first = 0
        for (position, token) in tokens.dropLast(limit).enumerated() {
            if place.turn == 0, place.step % bars == 0 { first = position }
            if let word = word(of: token) {
                place.advance(word.chord, instrument: word.instrument)
            }
        }
        var writer = ChordwiseWriter(self)
        for token in tokens[first...] {
            guard writer.place.step <= Self.restSteps, let word = word(of: token) else {
                writer.copy(token)
                continue
            }
            let chord = writer.place.step == 0 ? Chord(struck: word.chord.keys) : word.chord
            writer.write(chord, instrument: word.instrument)
        }
        return writer.tokens
    }
}
