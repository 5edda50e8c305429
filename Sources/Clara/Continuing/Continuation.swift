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
    /// Seconds of new music in each take.
    public var seconds: Double { prompt.seconds(at: seam.end) - prompt.seconds(at: seam.start) }
    /// Notes of drums in the prompt; they are neither continued nor kept.
    public let drumNotes: Int

    let model: ModelBundle
    let settings: ContinuationSettings
    let prompt: Score
    let seam: Seam
    let read: ReadPrompt<InferenceModel>
    let grammar: NotewiseGrammar

    /// The most steps that a take may have: about a thousand bars at twelve steps a quarter.
    private static let stepLimit = 50_000
    /// The most tokens of a prompt's end that the model reads: some hundred bars, more than it
    /// remembers.
    private static let readingLimit = 8_192

    /// - Parameters:
    ///   - prompt: the beginning of a piece.
    ///   - name: how the prompt is called in an error.
    /// - Throws: `ContinuationError` where there is nothing to continue, or too much is asked for.
    public init(
        of prompt: Score, named name: String, by model: ModelBundle, settings: ContinuationSettings
    ) throws(ContinuationError) {
        let encoding = model.encoding
        var prompt = prompt.resolution(divisibleBy: encoding.stepsPerQuarter)
        drumNotes = prompt.parts.filter(\.isDrums).reduce(0) { $0 + $1.notes.count }
        prompt.parts.removeAll { $0.isDrums || $0.notes.isEmpty }
        guard !prompt.parts.isEmpty else { throw .noNotes(prompt: name, drumNotes: drumNotes) }
        var tokens = encoding.encode(prompt).tokens
        seam = Seam(
            after: prompt, encodedSteps: encoding.steps(of: tokens), length: settings.length,
            resolution: encoding.resolution)
        guard seam.endStep - seam.startStep <= Self.stepLimit else {
            throw .tooLong(
                quarters: (seam.endStep - seam.startStep) / encoding.stepsPerQuarter,
                limit: Self.stepLimit / encoding.stepsPerQuarter)
        }
        encoding.extend(&tokens, toStep: seam.startStep)
        var grammar = NotewiseGrammar(
            encoding: encoding, maximumNotesAtOnce: settings.maximumNotesAtOnce,
            endStep: seam.endStep)
        for token in tokens { grammar.advance(token) }
        self.grammar = grammar
        let read = Self.recent(tokens, encoding: encoding)
        self.read = ReadPrompt([Vocabulary.pieceStart] + read, by: model.inference)
        self.model = model
        self.settings = settings
        self.prompt = prompt
    }

    /// The end of a long prompt, so that reading it takes no longer than reading a short one: after
    /// a rest that keeps its place in the bar, and with the notes that sound there struck anew.
    private static func recent(_ tokens: [Int], encoding: NotewiseEncoding) -> [Int] {
        guard tokens.count > readingLimit else { return tokens }
        var grammar = NotewiseGrammar(encoding: encoding)
        for token in tokens.dropLast(readingLimit) { grammar.advance(token) }
        var recent: [Int] = []
        // Twelve quarters: a whole number of bars of three quarters and of four.
        encoding.extend(&recent, toStep: grammar.step % (12 * encoding.stepsPerQuarter))
        recent += grammar.sounding.map { encoding.id(of: .start($0)) }
        return recent + tokens.suffix(readingLimit)
    }

    /// The notes that the tokens tell. What still sounds at the end is released there.
    func newNotes(of tokens: [Int]) -> [Note] {
        var grammar = grammar
        // Time stands for the prompt, whose tokens release all that they strike.
        var complete: [Int] = []
        model.encoding.extend(&complete, toStep: seam.startStep)
        for token in tokens {
            if case .wait(let steps) = model.encoding.kind(of: token),
                grammar.step + steps >= seam.endStep
            {
                break
            }
            complete.append(token)
            grammar.advance(token)
        }
        model.encoding.extend(&complete, toStep: seam.endStep - 1)
        complete += grammar.sounding.map { model.encoding.id(of: .release($0)) }
        model.encoding.extend(&complete, toStep: seam.endStep)
        let (notes, _) = model.encoding.decode(
            complete, ticksPerQuarter: prompt.ticksPerQuarter, rule: .unlimited)
        return notes.map { note in
            // The seam may lie within the first step, and the end within the last one.
            let onset = max(note.onset, seam.start)
            return Note(
                pitch: note.pitch, onset: onset, duration: min(note.end, seam.end) - onset,
                velocity: note.velocity)
        }
    }
}
