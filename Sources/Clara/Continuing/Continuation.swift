import Decoding
import Encodings
import Foundation
import Networks
import Score

/// A prompt that a model has read, ready to be continued: the use case behind `clara continue`.
///
/// Reading the prompt is done once; every take starts from the state after it.
public struct Continuation: Sendable {
    /// Bars that each take fills, the first perhaps in part.
    public var bars: Int { seam.bars }
    /// Notes of drums in the prompt; they are neither continued nor kept.
    public let drumNotes: Int

    /// What was asked for, the style as the model calls it.
    public let settings: ContinuationSettings

    let model: ModelBundle
    let prompt: Score
    let seam: Seam
    let read: ReadPrompt<InferenceModel>
    let grammar: any MusicGrammar
    /// The music that takes copy no more than a phrase of; nil where that does not matter.
    let original: OriginalitySource?
    /// The instrument whose part is given, and written again in the text; nil for none.
    let given: InstrumentClass?
    /// The prompt's tokens, up to the seam.
    let promptTokens: [Int]
    /// What a piece from nothing begins with; nil where there is a prompt.
    private(set) var opening: (meter: Meter, tempo: Tempo?)?

    /// The most steps that a take may have: about a thousand bars at twelve steps a quarter.
    private static let stepLimit = 50_000
    /// The most tokens of a prompt's end that the model reads: some hundred bars.
    private static let readingLimit = 8_192

    /// - Parameters:
    ///   - prompt: the beginning of a piece.
    ///   - name: how the prompt is called in an error.
    ///   - place: where it is continued, not before its last note ends, such as at a bar line after a
    ///     rest; nil for where the prompt ends.
    ///   - original: music that takes shall copy no more than a phrase of; nil where that does not
    ///     matter.
    ///   - memory: what the model has read before; nil to read all of the prompt.
    /// - Throws: `ContinuationError` where there is nothing to continue, or too much is asked for.
    public init(
        of prompt: Score, named name: String, at place: Ticks? = nil, by model: ModelBundle,
        settings: ContinuationSettings, original: OriginalitySource? = nil,
        memory: PromptMemory? = nil
    ) throws(ContinuationError) {
        let given = prompt
        var prompt = given.resolution(divisibleBy: model.encoding.stepsPerQuarter)
        let factor = prompt.ticksPerQuarter / given.ticksPerQuarter
        let drumNotes = prompt.parts.filter(\.isDrums).reduce(0) { $0 + $1.notes.count }
        prompt.parts.removeAll { $0.isDrums || $0.notes.isEmpty }
        guard !prompt.parts.isEmpty else { throw .noNotes(prompt: name, drumNotes: drumNotes) }
        try self.init(
            of: prompt, at: place.map { Ticks($0.count * factor) }, drumNotes: drumNotes,
            tokens: model.encoding.encode(prompt).tokens, by: model, settings: settings,
            original: original, memory: memory)
    }

    /// A piece from its first bar on.
    ///
    /// - Parameters:
    ///   - tempo: nil for the model's own where its text tells tempos, else for 120.
    /// - Throws: as the other.
    public init(
        composingIn meter: Meter, tempo: Tempo? = nil, by model: ModelBundle,
        settings: ContinuationSettings, original: OriginalitySource? = nil,
        memory: PromptMemory? = nil
    ) throws(ContinuationError) {
        let beginning = Score(
            ticksPerQuarter: 480,
            tempoMap: TempoMap([
                .init(
                    tick: .zero,
                    microsecondsPerQuarter: (tempo ?? .standard).microsecondsPerQuarter)
            ]), meterMap: MeterMap([.init(tick: .zero, meter: meter)]), parts: [])
        try self.init(
            of: beginning.resolution(divisibleBy: model.encoding.stepsPerQuarter), drumNotes: 0,
            tokens: model.encoding.opening(
                meter, microsecondsPerQuarter: tempo?.microsecondsPerQuarter), by: model,
            settings: settings, original: original, memory: memory)
        opening = (meter, tempo)
    }

    private init(
        of prompt: Score, at place: Ticks? = nil, drumNotes: Int, tokens: [Int],
        by model: ModelBundle, settings: ContinuationSettings, original: OriginalitySource?,
        memory: PromptMemory?
    ) throws(ContinuationError) {
        let encoding = model.encoding
        let seam = Seam(
            after: prompt, at: place, tokens: tokens, length: settings.length, encoding: encoding)
        try Self.check(seam, stepsPerQuarter: encoding.stepsPerQuarter)
        var tokens = tokens
        encoding.extend(&tokens, toStep: seam.startStep)
        var grammar = encoding.grammar(
            GrammarRules(
                maximumNotesAtOnce: settings.maximumNotesAtOnce, endStep: seam.endStep,
                keepsMeter: true))
        for token in tokens { grammar.advance(token) }
        try self.init(
            of: prompt, drumNotes: drumNotes, tokens: tokens, seam: seam, grammar: grammar,
            by: model, settings: settings, original: original, memory: memory)
    }

    /// - Parameters:
    ///   - tokens: the prompt's, up to the seam.
    ///   - seam: one that has been checked.
    ///   - given: the instrument whose part is given and written again, nil for none.
    init(
        of prompt: Score, drumNotes: Int, tokens: [Int], seam: Seam, grammar: any MusicGrammar,
        given: InstrumentClass? = nil, by model: ModelBundle, settings: ContinuationSettings,
        original: OriginalitySource?, memory: PromptMemory? = nil
    ) throws(ContinuationError) {
        let encoding = model.encoding
        let style = try Self.style(settings.style, of: model)
        let told = style.flatMap { encoding.styleToken($0) }.map { [$0] } ?? []
        let recent = encoding.recent(tokens, limit: Self.readingLimit)
        let text = [Vocabulary.pieceStart] + told + recent
        read = memory?.read(text) ?? ReadPrompt(text, by: model.inference)
        self.drumNotes = drumNotes
        self.seam = seam
        self.grammar = grammar
        self.given = given
        promptTokens = tokens
        self.model = model
        self.settings = settings.inStyle(style)
        self.original = original
        self.prompt = prompt
    }

    /// Refuses what is too long, or too late, before any of it is written.
    ///
    /// - Parameter isGiven: whether all of it is given, and gets another part.
    static func check(
        _ seam: Seam, isGiven: Bool = false, stepsPerQuarter: Int
    ) throws(ContinuationError) {
        func quarters(_ steps: Int) -> Int { steps / stepsPerQuarter }
        let steps = seam.endStep - seam.startStep
        guard steps <= stepLimit else {
            let (long, limit) = (quarters(steps), quarters(stepLimit))
            throw isGiven
                ? .givenTooLong(quarters: long, limit: limit)
                : .tooLong(quarters: long, limit: limit)
        }
        guard seam.endStep <= NoteGrid.mostSteps else {
            throw .tooLate(
                quarters: quarters(seam.endStep), limit: quarters(NoteGrid.mostSteps))
        }
    }

    /// The style as the model calls it.
    private static func style(
        _ name: String?, of model: ModelBundle
    ) throws(ContinuationError) -> String? {
        guard let name else { return nil }
        guard let style = model.style(named: name) else {
            throw .unknownStyle(name, model: model.path, known: model.encoding.styles)
        }
        return style
    }

    /// The music that the tokens tell from the seam to the end, in the score's ticks. What still sounds
    /// there is released.
    func newMusic(of tokens: [Int]) -> Score {
        let ticksPerQuarter = prompt.ticksPerQuarter
        var complete = promptTokens + tokens
        model.encoding.close(&complete, atStep: seam.endStep)
        var music = model.encoding.decode(
            complete, ticksPerQuarter: ticksPerQuarter, rule: .unlimited
        ).score
        let first = model.encoding.tick(
            atStep: seam.startStep, ticksPerQuarter: ticksPerQuarter)
        music.parts.removeAll { $0.program == given?.program }
        music.parts = music.parts.map { $0.stretch(from: first, within: seam.start..<seam.end) }
        return music
    }
}

extension Part {
    /// The notes and pedals that begin at `first` or later, moved and cut to lie within `range`: the
    /// seam may lie within the first step, and the end within the last one.
    fileprivate func stretch(from first: Ticks, within range: Range<Ticks>) -> Part {
        Part(
            name: name, program: program, isDrums: isDrums,
            notes: notes.filter { $0.onset >= first }.map { note in
                let onset = max(note.onset, range.lowerBound)
                return Note(
                    pitch: note.pitch, onset: onset,
                    duration: max(min(note.end, range.upperBound), onset) - onset,
                    velocity: note.velocity)
            },
            pedals: pedals.filter { $0.down >= first }.map { pedal in
                let down = max(pedal.down, range.lowerBound)
                return Pedal(down: down, up: max(min(pedal.up, range.upperBound), down))
            })
    }
}
