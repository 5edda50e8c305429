import Encodings
import Score

extension Continuation {
    /// A second part for all of a piece, under its melody or over its accompaniment: what is given stays as
    /// it is, whatever plays it, and the model writes the duet's other instrument between its notes.
    ///
    /// Each take is chosen among several that are written side by side, by how well what is given goes on after
    /// what they have (`ParticleGenerator`). Several parts are read as one.
    ///
    /// - Parameters:
    ///   - given: the piece; its length is the takes'.
    ///   - name: how it is called in an error.
    ///   - role: as which instrument of the duet the model reads it.
    ///   - settings: whose length is not needed.
    /// - Throws: `ContinuationError` where nothing is given, or the other part as well, where the model has no
    ///   second instrument, and for a beam search, which would not look ahead to what is given.
    public init(
        accompanying given: Score, as role: DuetRole, named name: String, by model: ModelBundle,
        settings: ContinuationSettings, original: OriginalitySource? = nil
    ) throws(ContinuationError) {
        guard case .sampling = settings.method else { throw .searchBesideGiven }
        let encoding = model.encoding
        var score = given.resolution(divisibleBy: encoding.stepsPerQuarter)
        let drumNotes = score.parts.filter(\.isDrums).reduce(0) { $0 + $1.notes.count }
        score.parts.removeAll { $0.isDrums || $0.notes.isEmpty }
        guard !score.parts.isEmpty else {
            throw .nothingGiven(part: name, drumNotes: drumNotes, role: role)
        }
        guard !score.isWholeDuet else {
            throw .wholeDuet(
                piece: name, parts: score.parts.map(\.label), role: role, model: model.path)
        }
        let seam = Seam(allOf: score, encoding: encoding)
        try Self.check(seam, isGiven: true, stepsPerQuarter: encoding.stepsPerQuarter)
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

extension Continuation {
    /// What is given; nil where a prompt is continued.
    var role: DuetRole? { DuetRole.allCases.first { $0.instrument == given } }

    /// The names of the parts that an accompaniment is written for; none where a prompt is continued.
    public var givenParts: [String] { given == nil ? [] : prompt.parts.map(\.label) }
}

extension Score {
    /// Whether both instruments of a duet play. Parts of one kind are none, whichever it is: melodies are
    /// often typed for a piano, and accompaniments for strings.
    fileprivate var isWholeDuet: Bool {
        let instruments = Set(parts.map { InstrumentClass(program: $0.program) })
        return InstrumentClass.allCases.allSatisfy { instruments.contains($0) }
    }
}

extension Part {
    /// What people know it by.
    fileprivate var label: String { name.isEmpty ? GeneralMIDI.instrument(program) : name }
}

/// What a given part is in a duet.
public enum DuetRole: String, Hashable, Sendable, CaseIterable, Codable {
    /// A piano is written under it.
    case melody
    /// A melody is written over it.
    case accompaniment

    var instrument: InstrumentClass { self == .melody ? .violinLike : .pianoLike }
}
