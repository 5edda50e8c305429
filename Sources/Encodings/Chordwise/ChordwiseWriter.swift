/// Writes chords as tokens, one instrument's turn after the other.
struct ChordwiseWriter {
    private(set) var tokens: [Int]
    private(set) var place: ChordwisePlace
    /// Strikes that are not in the text, since no word has them.
    private(set) var lostStrikes = 0
    /// Notes whose end is not in the text.
    private(set) var cutNotes = 0
    private let encoding: ChordwiseEncoding

    /// Continues what `tokens` tell.
    init(_ encoding: ChordwiseEncoding, after tokens: [Int] = []) {
        self.encoding = encoding
        self.tokens = []
        place = ChordwisePlace(encoding.form)
        for token in tokens { append(token) }
    }

    /// Writes the chord of the instrument whose turn it is, or as much of it as there is a word for.
    /// Only what sounded in the step before can be held.
    mutating func write(_ chord: Chord) {
        let instrument = place.turn
        var wanted = chord
        wanted.held &= place.before[instrument]
        let (token, kept) = encoding.fit(
            ChordWord(instrument: instrument, chord: wanted), strikes: place.recentStrikes)
        lostStrikes += (wanted.struck & ~kept.struck).nonzeroBitCount
        cutNotes += (wanted.held & ~kept.held).nonzeroBitCount
        tokens.append(token)
        place.advance(kept, instrument: instrument)
    }

    /// Writes an instrument's chord, after rests of those whose turn is before its own.
    mutating func write(_ chord: Chord, instrument: Int) {
        while place.turn != instrument { write(Chord()) }
        write(chord)
    }

    /// Writes the token of a text as it is.
    mutating func append(_ token: Int) {
        tokens.append(token)
        if let word = encoding.word(of: token) {
            place.advance(word.chord, instrument: word.instrument)
        }
    }

    /// Writes the token of a text, its letter corrected where it is a rest.
    mutating func copy(_ token: Int) {
        switch encoding.kind(of: token) {
        case .pieceStart, .pieceEnd:
            tokens.append(token)
        case .unknown(let instrument):
            while place.turn != instrument { write(Chord()) }
            append(token)
        case .rest(let instrument, _):
            write(Chord(), instrument: instrument)
        case .chord(let word):
            write(word.chord, instrument: word.instrument)
        }
    }

    /// Lets the instruments rest until `step` steps are complete.
    mutating func rest(toStep step: Int) {
        while place.step < step { write(Chord()) }
    }

    /// Leaves out the silent steps at the end.
    mutating func trim() {
        let turns = encoding.form.instruments.count
        while !tokens.isEmpty, tokens.suffix(turns).allSatisfy(encoding.isRest) {
            tokens.removeLast(turns)
        }
    }
}

extension ChordwiseEncoding {
    /// What an instrument does by this token; nil for "<start>" and "<end>".
    func word(of token: Int) -> ChordWord? {
        switch kind(of: token) {
        case .pieceStart, .pieceEnd: nil
        case .unknown(let instrument), .rest(let instrument, _):
            ChordWord(instrument: instrument, chord: Chord())
        case .chord(let word): word
        }
    }

    func isRest(_ token: Int) -> Bool {
        if case .rest = kind(of: token) { true } else { false }
    }

    /// The word for a chord, or for as much of it as there is a word for, and what that is.
    ///
    /// One key less where that helps, the ones that matter least first; else the keys that matter most
    /// and as many of the others as go with them.
    func fit(_ word: ChordWord, strikes: Int) -> (token: Int, chord: Chord) {
        func found(_ keys: UInt128) -> (token: Int, chord: Chord)? {
            let chord = word.chord.keeping(keys)
            return id(of: ChordWord(instrument: word.instrument, chord: chord)).map { ($0, chord) }
        }
        let rest = (token: restID(of: word.instrument, strikes: strikes), chord: Chord())
        if word.chord.isSilent { return rest }
        if let whole = found(word.chord.keys) { return whole }
        let keys = word.chord.keysByWeight
        for key in keys.reversed() {
            if let most = found(word.chord.keys & ~key) { return most }
        }
        return keys.reduce(rest) { found($0.chord.keys | $1) ?? $0 }
    }
}
