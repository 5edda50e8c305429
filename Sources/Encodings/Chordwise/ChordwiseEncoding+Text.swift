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

extension ChordwiseEncoding {
    /// The words of `tokens`, separated by one space.
    package func text(for tokens: [Int]) -> String {
        tokens.lazy.map { vocabulary[$0] }.joined(separator: " ")
    }

    /// The ids of the words of `text`, separated by any white space. Words are case-sensitive, for
    /// letters tell rests apart.
    ///
    /// A silent word of digits becomes the rest that it is; in a form without holds a 2 is a 0, as in
    /// Clara's. A chord that is no word is the instrument's "unknown". Throws at the first word that is
    /// none of these.
    package func tokens(fromText text: String) throws(ChordwiseTextError) -> [Int] {
        var writer = ChordwiseWriter(self)
        for (position, word) in text.split(whereSeparator: \.isWhitespace).enumerated() {
            if let id = vocabulary.id(of: String(word)) {
                writer.append(id)
            } else if let word = form.chord(ofWord: String(word)) {
                writer.append(token(for: word, after: writer.place))
            } else {
                throw ChordwiseTextError(position: position, word: String(word), form: form)
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

/// A word of a text that no chordwise text of its form has.
public struct ChordwiseTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// How many words stand before it.
    public let position: Int
    public let word: String
    package let form: ChordwiseForm

    public var description: String {
        let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
        let letters = form.instruments.map(\.rawValue).joined(separator: " or ")
        return "word \(position + 1), “\(shown)”, is not in \(form.identifier), whose words are "
            + "\(letters) and \(form.grid.range.count) digits 0, 1 or 2, or one letter so many times; "
            + "correct it or name the encoding that the text is in"
    }
}
