/// Clara's chordwise text: a word for all that an instrument does in a step.
///
/// `p000010010…`: a digit for each pitch of the range, 1 struck, 2 held, 0 silent. A word for each
/// step; in duets the violin's `v…`, then the piano's `p…`. Two forms:
/// - Clara's: no 2s, which leaves fewer words. A text then ends with the last strike's step.
/// - with holds: all lengths are in the text, which ends with the last note.
///
/// A silent word would be the safest guess at every place, two in five of them. So it is written as a
/// letter, repeated for each pitch, that tells how many notes all instruments struck in the ten steps
/// before: a none, b one, … z, A, … Z, at most 51.
///
/// Words come from music: those that are struck in it, each in all keys from five semitones below to
/// six above, the most frequent first. Every single key, struck or held, is a word in any case. A chord
/// that is no word loses the fewest keys that make it one, inner ones first; what is lost is reported.
/// So "unknown", a word of each instrument, stands only for words in texts from elsewhere.
///
/// Source: the documentation and script of Christine Payne's Clara, 2018.
package struct ChordwiseEncoding: Hashable, Sendable {
    package let form: ChordwiseForm
    /// "<start>", "<end>", "p<unknown>", the rests "paaa…" to "pZZZ…", and the chords; in duets each of
    /// these for the violin first.
    package let vocabulary: Vocabulary
    /// The chords by id, from `firstChord` on, those of an instrument together.
    let chords: [ChordWord]
    /// For each instrument the ids of its chords.
    let chordIDs: [Range<Int>]
    private let ids: [ChordWord: Int]

    /// Letters of rests.
    static let restLetters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    /// How many steps a rest's letter looks back.
    static let restSteps = 10

    /// - Parameter words: chords that the form holds; any order, each once. Single keys are added.
    package init(_ form: ChordwiseForm, words: [ChordWord] = []) {
        precondition(words.allSatisfy(form.holds), "the form has no such chord")
        self.form = form
        let singles = Self.singles(of: form)
        let own = Set(singles)
        let all = singles + words.filter { !own.contains($0) }
        var chords: [ChordWord] = []
        var ranges: [Range<Int>] = []
        let first = Self.firstChord(form)
        for instrument in form.instruments.indices {
            let start = first + chords.count
            chords += all.filter { $0.instrument == instrument }
            ranges.append(start..<first + chords.count)
        }
        self.chords = chords
        chordIDs = ranges
        ids = Dictionary(uniqueKeysWithValues: zip(chords, first...))
        vocabulary = Vocabulary(words: Self.fixedWords(form) + chords.map(form.text(of:)))
    }

    /// The encoding of a model whose file lists these words, "<start>" and "<end>" among them; nil
    /// where it can be none of this form.
    package init?(_ form: ChordwiseForm, vocabulary words: [String]) {
        let first = Self.firstChord(form)
        guard words.count >= first, words.count == Set(words).count else { return nil }
        let chords = words[first...].map(form.chord(ofWord:))
        let known = chords.compactMap { $0 }
        guard known.count == chords.count, known.allSatisfy(form.holds) else { return nil }
        self.init(form, words: known)
        guard vocabulary.words == words else { return nil }
    }

    package var identifier: String { form.identifier }
    package var grid: NoteGrid { form.grid }

    package static func == (a: Self, b: Self) -> Bool {
        a.form == b.form && a.chords == b.chords
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(form)
        hasher.combine(chords.count)
    }
}

extension ChordwiseEncoding {
    /// What a token id means.
    package enum Token: Hashable, Sendable {
        case pieceStart
        case pieceEnd
        /// Something that the vocabulary has no word for; played as a rest.
        case unknown(instrument: Int)
        /// Nothing sounds; so many notes (at most 51) were struck in the ten steps before.
        case rest(instrument: Int, strikes: Int)
        case chord(ChordWord)
    }

    /// What `id`, which must be in `0..<vocabulary.count`, means. In constant time.
    package func kind(of id: Int) -> Token {
        let instruments = form.instruments.count
        switch id - 2 {
        case -2: return .pieceStart
        case -1: return .pieceEnd
        case ..<instruments: return .unknown(instrument: id - 2)
        case ..<(instruments + instruments * Self.restLetters.count):
            let (instrument, strikes) = (id - 2 - instruments).quotientAndRemainder(
                dividingBy: Self.restLetters.count)
            return .rest(instrument: instrument, strikes: strikes)
        default: return .chord(chords[id - firstChord])
        }
    }

    var firstChord: Int { Self.firstChord(form) }

    private static func firstChord(_ form: ChordwiseForm) -> Int {
        2 + form.instruments.count * (1 + restLetters.count)
    }

    func unknownID(of instrument: Int) -> Int { 2 + instrument }

    /// The id of a rest after so many strikes.
    func restID(of instrument: Int, strikes: Int) -> Int {
        2 + form.instruments.count + instrument * Self.restLetters.count
            + min(strikes, Self.restLetters.count - 1)
    }

    /// The id of a chord; nil where it is no word.
    func id(of word: ChordWord) -> Int? { ids[word] }

    /// Every single key of every instrument, struck and, where the form has holds, held.
    private static func singles(of form: ChordwiseForm) -> [ChordWord] {
        form.instruments.indices.flatMap { instrument in
            let keys = form.keys(of: instrument).bitIndices.map { UInt128(1) << $0 }
            let held = form.keepsHolds ? keys.map { Chord(held: $0) } : []
            return (keys.map { Chord(struck: $0) } + held).map {
                ChordWord(instrument: instrument, chord: $0)
            }
        }
    }

    private static func fixedWords(_ form: ChordwiseForm) -> [String] {
        let letters = form.instruments.map(\.rawValue)
        return letters.map { $0 + "<unknown>" }
            + letters.flatMap { letter in
                restLetters.map { letter + String(repeating: $0, count: form.grid.range.count) }
            }
    }
}
