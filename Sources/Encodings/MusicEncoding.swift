import Score

/// A way to write music as token ids and back. Everything above `Encodings` knows encodings by this
/// protocol only: train, evaluate and continue work with each of them.
///
/// Time is a grid of steps that counts from the start of the score. The laws, which each encoding's
/// tests hold it to:
/// - **Canonical.** What `encode` writes is the same for scores that differ only in what the encoding
///   leaves out; `encode(decode(tokens)) == tokens` for every text by `encode`.
/// - **Total.** `decode` gives meaning to any sequence of ids of the vocabulary and never traps.
/// - **Playable.** Every text by `encode` is allowed, token by token, by `grammar` with enough hands;
///   what the grammar allows, `decode` reads without repairs.
/// - **Transposable.** `transpose` by n, then by −n, is the identity where nothing left the range.
package protocol MusicEncoding: Hashable, Sendable {
    /// Kind and settings, such as "notewise-62-12".
    var identifier: String { get }
    /// Id 0 is "<start>", 1 is "<end>"; neither is in what `encode` returns.
    var vocabulary: Vocabulary { get }
    /// The names of the styles that its texts can be told to be in; their words are the vocabulary's last.
    var styles: [String] { get }
    /// Steps, pitches, and which instruments it tells apart.
    var grid: NoteGrid { get }
    /// What no text of the encoding holds.
    var neverHeld: [MusicAspect] { get }

    /// How a text begins whose music is in a meter, and at a tempo where one is given; empty where the
    /// encoding tells neither.
    func opening(_ meter: Meter, microsecondsPerQuarter tempo: Int?) -> [Int]
    /// The canonical text of a score, and what was left out.
    func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport)
    /// The music that `tokens` tell: notes by part, with tempo, meter, velocity and pedal where the
    /// encoding holds them.
    func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport)
    /// The ids of the words of `text`, separated by any white space. Words are case-sensitive.
    ///
    /// - Throws: at the first word that no text of the encoding has.
    func tokens(fromText text: String) throws(UnknownWordError) -> [Int]
    /// The same music `semitones` higher; a note pushed past the range is dropped with all that
    /// belongs to it.
    func transpose(_ tokens: [Int], by semitones: Int) -> [Int]

    /// The number of notes that start in `tokens`.
    func noteCount(of tokens: [Int]) -> Int
    /// The steps that pass in `tokens`.
    func steps(of tokens: [Int]) -> Int
    /// Lets time pass until `tokens` span `step` steps; changes nothing where they span as many.
    func extend(_ tokens: inout [Int], toStep step: Int)
    /// Ends the music at `step`: what lies beyond is dropped, what sounds there is released.
    func close(_ tokens: inout [Int], atStep step: Int)
    /// About the last `limit` tokens, after what they need to mean the same: the place in the bar, the
    /// notes that sound. All of them where there are no more.
    func recent(_ tokens: [Int], limit: Int) -> [Int]

    /// Which tokens may come next, at the beginning of a text.
    func grammar(_ rules: GrammarRules) -> any MusicGrammar
    /// Which tokens may come next where one instrument's part is given and the other is to be written;
    /// nil where the encoding has only one, or does not know how. The rules must tell the end.
    func grammar(
        _ rules: GrammarRules, given instrument: InstrumentClass, of score: Score
    ) -> (any MusicGrammar)?
    /// What a network may be told besides the tokens; nil when the tokens say it all.
    func context() -> (any MusicContext)?
    /// Tells the music that follows `tokens`, up to `endStep`, while it is written; nil where nothing
    /// can be told before the text is whole.
    func follower(after tokens: [Int], endStep: Int) -> (any MusicFollower)?
}

extension MusicEncoding {
    package var styles: [String] { [] }

    /// Steps in a quarter note.
    package var stepsPerQuarter: Int { grid.resolution.stepsPerQuarter }

    package var ensemble: Ensemble { grid.ensemble }

    /// The ids of the styles' words.
    package var styleTokens: Range<Int> { vocabulary.count - styles.count..<vocabulary.count }

    /// The id of a style's word, nil where it has none.
    package func styleToken(_ name: String) -> Int? {
        styles.firstIndex(of: name).map { styleTokens.lowerBound + $0 }
    }

    /// The style that a person calls so, in whatever letters, small or capital; nil where there is none.
    package func style(named name: String) -> String? {
        styles.first { $0 == name } ?? styles.first { $0.lowercased() == name.lowercased() }
    }

    package func opening(_ meter: Meter, microsecondsPerQuarter tempo: Int?) -> [Int] { [] }

    package func grammar(
        _ rules: GrammarRules, given instrument: InstrumentClass, of score: Score
    ) -> (any MusicGrammar)? { nil }

    /// The words of `tokens`, separated by one space.
    package func text(for tokens: [Int]) -> String {
        tokens.lazy.map { vocabulary[$0] }.joined(separator: " ")
    }

    /// The ids of words that all are in the vocabulary.
    package func tokens(fromText text: String) throws(UnknownWordError) -> [Int] {
        try vocabulary.tokens(fromText: text)
    }

    /// The step that holds `tick`.
    package func step(atTick tick: Ticks, ticksPerQuarter: Int) -> Int {
        grid.resolution.step(atTick: tick, ticksPerQuarter: ticksPerQuarter)
    }

    /// The tick where `step` begins.
    package func tick(atStep step: Int, ticksPerQuarter: Int) -> Ticks {
        grid.resolution.tick(atStep: step, ticksPerQuarter: ticksPerQuarter)
    }
}

/// What a generated text must keep to.
package struct GrammarRules: Hashable, Sendable {
    /// Keys that may be down at once, at least 1.
    package let maximumNotesAtOnce: Int
    /// Whether "<end>" may be written.
    package let allowsPieceEnd: Bool
    /// The step at which the text is complete, from the start of the text; nil when nothing but
    /// "<end>" completes it.
    package let endStep: Int?
    /// Whether the meter that holds stays: no other is written, nor a bar that is cut short.
    package let keepsMeter: Bool

    package init(
        maximumNotesAtOnce: Int = 10, allowsPieceEnd: Bool = false, endStep: Int? = nil,
        keepsMeter: Bool = false
    ) {
        precondition(maximumNotesAtOnce >= 1, "no note could ever start")
        self.maximumNotesAtOnce = maximumNotesAtOnce
        self.allowsPieceEnd = allowsPieceEnd
        self.endStep = endStep
        self.keepsMeter = keepsMeter
    }
}

/// Which tokens may follow those already written. A value for each stream; copying it forks the
/// stream.
package protocol MusicGrammar: Sendable {
    /// The steps that have passed.
    var step: Int { get }
    /// Whether the text is complete.
    var isFinished: Bool { get }
    /// How many tokens have come that were given, where a part is.
    var given: Int { get }
    /// Takes in the next token, which need not be allowed: a prompt may come from elsewhere.
    mutating func advance(_ token: Int)
    /// Whether `token` may come next. After "<end>" nothing may.
    func allows(_ token: Int) -> Bool
    /// Sets `allowed[id]` to `allows(id)` for every id of the vocabulary, (V). At least one is true unless the piece
    /// has ended. Allocates nothing.
    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>)
    /// Moves the probability of tokens that are ruled out by what is given, not by how music is written, to those
    /// that stand for them. Changes nothing where nothing is given.
    ///
    /// - Parameters:
    ///   - logits: of a model that is not told what is given, (V); finite.
    ///   - allowed: as `fillMask` fills it, (V).
    func moveRuledOut(
        in logits: UnsafeMutableBufferPointer<Float>, allowed: UnsafeMutableBufferPointer<Bool>)
}

extension MusicGrammar {
    package var given: Int { 0 }

    package func moveRuledOut(
        in logits: UnsafeMutableBufferPointer<Float>, allowed: UnsafeMutableBufferPointer<Bool>
    ) {}
}

/// Numbers that hold at a place in a text and which the text implies: notes that sound, the place in
/// the bar. A value for each stream.
package protocol MusicContext: Sendable {
    /// How many ids there are.
    var count: Int { get }
    /// The notes that were struck and that the ids name; nil where they name none.
    var references: ReferenceNotes? { get }
    /// The notes that the ids say sound; nil where they do not.
    var sounding: SoundingNotes? { get }
    /// How frequent the ids say that each pitch class is; nil where they do not.
    var frequencies: PitchClassFrequencies? { get }
    /// The tokens that the ids guess will come next; nil where they guess none.
    var guesses: GuessedTokens? { get }
    /// Takes in the next token; "<start>" makes everything as at first.
    mutating func advance(_ token: Int)
    /// Appends the ids that hold now, each 0 ..< `count`.
    func appendIDs(to ids: inout [Int32])
    /// Sets `allowed[id]` to whether `id` may come next in music as people write it, (V).
    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>)
}

extension MusicContext {
    package var references: ReferenceNotes? { nil }
    package var sounding: SoundingNotes? { nil }
    package var frequencies: PitchClassFrequencies? { nil }
    package var guesses: GuessedTokens? { nil }
}

/// Notes that a context names, from which the next notes may be told by their intervals.
package struct ReferenceNotes: Hashable, Sendable {
    /// The id of the token that strikes the first instrument's lowest note. Its others follow by semitones, then
    /// the next instrument's.
    package let firstToken: Int
    /// How many notes each instrument has.
    package let notes: Int
    package let instruments: Int
    /// The context's first id about references: that the first of them is none, then which note it is, whoever
    /// struck it; then the same of the others.
    package let firstID: Int
    /// How many references there are.
    package let count: Int
}

/// Notes that a context says sound.
package struct SoundingNotes: Hashable, Sendable {
    /// The id of the token that strikes the first instrument's lowest note. Its others follow by semitones, then
    /// the next instrument's.
    package let firstToken: Int
    /// How many notes each instrument has.
    package let notes: Int
    package let instruments: Int
    /// The context's first id about them: that the first instrument's lowest note sounds, in the first way. The
    /// other notes follow as among the tokens, then those of the next way.
    package let firstID: Int
    /// In how many ways a note can sound.
    package let ways: Int
}

/// How frequent a context says that each pitch class is.
package struct PitchClassFrequencies: Hashable, Sendable {
    /// The id of the token that strikes the first instrument's lowest note. Its others follow by semitones, then
    /// the next instrument's.
    package let firstToken: Int
    /// How many notes each instrument has.
    package let notes: Int
    package let instruments: Int
    /// The pitch class of the lowest note, 0 for C.
    package let lowest: Int
    /// The context's first id about it: that C is in the first class of frequency. Its other classes follow, then
    /// the other pitch classes, then those of the next memory.
    package let firstID: Int
    /// How many classes of frequency there are.
    package let frequencies: Int
    /// How many memories there are.
    package let memories: Int
}

/// Guesses of a context at the next token.
package struct GuessedTokens: Hashable, Sendable {
    /// The context's first id about guesses: that the first has no guess, then which token it is; then that it
    /// has no standing, then which. The same of the others follow.
    package let firstID: Int
    /// How many tokens there are.
    package let words: Int
    /// How many classes of trust.
    package let standings: Int
    /// How many guesses there are.
    package let count: Int
}
