import Encodings
import Score

extension Continuation {
    /// A second part for all of a piece, under its melody or over its accompaniment: what is given stays as
    /// it is, whatever plays it, and the model writes the duet's other instrument between its notes.
    ///
    /// The model reads what is given as it comes, and does not look ahead.
    ///
    /// - Parameters:
    ///   - given: the piece; its length is the takes'.
    ///   - name: how it is called in an error.
    ///   - role: as which instrument of the duet the model reads it.
    ///   - settings: whose length is not needed.
    /// - Throws: `ContinuationError` where nothing is given, or the model has no second instrument.
    public init(
        accompanying given: Score, as role: DuetRole, named name: String, by model: ModelBundle,
        settings: ContinuationSettings, original: OriginalitySource? = nil
    ) throws(ContinuationError) {
        let encoding = model.encoding
        var score = given.resolution(divisibleBy: encoding.stepsPerQuarter)
        let drumNotes = score.parts.filter(\.isDrums).reduce(0) { $0 + $1.notes.count }
        score.parts.removeAll { $0.isDrums || $0.notes.isEmpty }
        guard !score.parts.isEmpty else { throw .noNotes(prompt: name, drumNotes: drumNotes) }
        let seam = Seam(allOf: score, encoding: encoding)
        var read = score
        read.parts = score.parts.map {
            Part(program: role.instrument.program, notes: $0.notes)
        }
        let rules = GrammarRules(
            maximumNotesAtOnce: settings.maximumNotesAtOnce, endStep: seam.endStep)
        guard let grammar = encoding.grammar(rules, given: role.instrument, of: read) else {
            throw .noDuet(model: model.path, encoding: encoding.identifier)
        }
        try self.init(
            of: score, drumNotes: drumNotes, tokens: [], seam: seam, grammar: grammar,
            given: role.instrument, by: model, settings: settings, original: original)
    }
}

/// What a given part is in a duet.
public enum DuetRole: String, Hashable, Sendable, CaseIterable {
    /// A piano is written under it.
    case melody
    /// A melody is written over it.
    case accompaniment

    var instrument: InstrumentClass { self == .melody ? .violinLike : .pianoLike }
}
