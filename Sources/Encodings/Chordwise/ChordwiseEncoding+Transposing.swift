extension ChordwiseEncoding {
    /// The same music `semitones` higher (lower when negative).
    ///
    /// A note that leaves the range, or a duet's violin's strings, is dropped; so is one whose chord
    /// is no word there. Rests get the letters that are right then. No step comes or goes. O(n).
    package func transpose(_ tokens: [Int], by semitones: Int) -> [Int] {
        guard semitones != 0 else { return tokens }
        let keys = form.instruments.indices.map(form.keys)
        var writer = ChordwiseWriter(self)
        for token in tokens {
            guard case .chord(let word) = kind(of: token) else {
                writer.copy(token)
                continue
            }
            let moved = word.chord.transposed(by: semitones).keeping(keys[word.instrument])
            writer.write(moved, instrument: word.instrument)
        }
        return writer.tokens
    }
}
