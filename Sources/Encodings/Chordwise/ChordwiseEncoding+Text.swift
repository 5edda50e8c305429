extension ChordwiseForm {
    /// "p000010020…"
    func text(of word: ChordWord) -> String {
        var text = instruments[word.instrument].rawValue
        for key in 0..<grid.range.count {
            let bit = UInt128(1) << key
            text += word.chord.struck & bit != 0 ? "1" : word.chord.held & bit != 0 ? "2" : "0"
        }
        return text
    }

    /// What a word of digits says, whether or not this form holds it; nil for any other word.
    func chord(ofWord word: String) -> ChordWord? {
        guard
            let instrument = instruments.firstIndex(where: { word.hasPrefix($0.rawValue) }),
            word.utf8.count == grid.range.count + 1
        else { return nil }
        var chord = Chord()
        for (key, digit) in word.utf8.dropFirst().enumerated() {
            switch digit {
            case UInt8(ascii: "0"): break
            case UInt8(ascii: "1"): chord.struck |= 1 << key
            case UInt8(ascii: "2"): chord.held |= 1 << key
            default: return nil
            }
        }
        return ChordWord(instrument: instrument, chord: chord)
    }
}

extension ChordwiseForm {
    /// The words that a text may have, in brief.
    fileprivate var summary: String {
        let letters = instruments.map(\.rawValue).joined(separator: " or ")
        return "\(letters) and \(grid.range.count) digits 0, 1 or 2, or one letter so many times"
    }

    /// The chords that a text in any vocabulary of this form names.
    package func words(ofText text: String) -> [ChordWord] {
        let chords = text.split(whereSeparator: \.isWhitespace).compactMap {
            chord(ofWord: String($0))
        }
        var seen: Set<ChordWord> = []
        return chords.compactMap { word in
            let chord = keepsHolds ? word.chord : Chord(struck: word.chord.struck)
            let own = ChordWord(instrument: word.instrument, chord: chord)
            return holds(own) && seen.insert(own).inserted ? own : nil
        }
    }
}

extension ChordwiseEncoding {
    /// The ids of the words of `text`, separated by any white space. Words are case-sensitive, for
    /// letters tell rests apart.
    ///
    /// A silent word of digits becomes the rest that it is; in a form without holds a 2 is a 0, as in
    /// Clara's. A chord that is no word is the instrument's "unknown". Throws at the first word that is
    /// none of these.
    package func tokens(fromText text: String) throws(UnknownWordError) -> [Int] {
        var writer = ChordwiseWriter(self)
        for (position, word) in text.split(whereSeparator: \.isWhitespace).enumerated() {
            if let id = vocabulary.id(of: String(word)) {
                writer.append(id)
            } else if let word = form.chord(ofWord: String(word)) {
                writer.append(token(for: word, after: writer.place))
            } else {
                throw UnknownWordError(position: position, word: String(word), known: form.summary)
            }
        }
        return writer.tokens
    }

    /// The token of a word of digits that is not in the vocabulary as it stands.
    private func token(for word: ChordWord, after place: ChordwisePlace) -> Int {
        let chord = form.keepsHolds ? word.chord : Chord(struck: word.chord.struck)
        if chord.isSilent {
            return restID(of: word.instrument, strikes: place.recentStrikes)
        }
        return id(of: ChordWord(instrument: word.instrument, chord: chord))
            ?? unknownID(of: word.instrument)
    }
}
