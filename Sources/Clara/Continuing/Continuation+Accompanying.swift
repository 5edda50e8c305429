import Decoding
import Encodings
import Files
import Score
import Synchronization

extension Continuation {
    /// A second part for all of a piece, under its melody or over its accompaniment: what is given stays as
    /// it is, whatever plays it, and the model writes the duet's other instrument between its notes.
    ///
    /// Each take is chosen among several that are written side by side, by how well what is given goes on after
    /// what they have (`ParticleGenerator`).
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

extension Continuation {
    /// How many ways are followed for each take where a part is given.
    private static let particles = 16

    /// Takes beside the given part, written by all cores.
    func accompanied(
        _ sampling: SamplingSettings, seed: Int, grammar: some MusicGrammar, newOnly: Bool,
        progress: (Double) -> Void
    ) throws -> [Take] {
        let generator = ParticleGenerator(
            model: model.inference, settings: sampling, tokenLimit: tokenLimit,
            particles: Self.particles)
        let clock = ContinuousClock()
        let shares = Mutex([Double](repeating: 0, count: settings.takes))
        return try withoutActuallyEscaping(progress) { progress in
            // Safe: called by one thread at a time, and by none after this function's end.
            nonisolated(unsafe) let progress = progress
            return try withUnsafeCurrentTask { task in
                nonisolated(unsafe) let task = task
                return try (0..<settings.takes).concurrentMap { index in
                    Result {
                        let start = clock.now
                        let stream = try generator.generate(
                            stream: seed + index, after: read,
                            constraint: GrammarConstraint(grammar, copyGuard: copyGuard)
                        ) { leader in
                            shares.withLock {
                                $0[index] = share(written: leader.grammar)
                                progress($0.reduce(0, +) / Double($0.count))
                            }
                        } isCancelled: {
                            task?.isCancelled ?? false
                        }
                        let seconds = start.duration(to: clock.now) / .seconds(1)
                        return try take(of: stream, seconds: seconds, newOnly: newOnly)
                    }
                }.map { try $0.get() }
            }
        }
    }

    private func share(written grammar: some MusicGrammar) -> Double {
        min(1, Double(grammar.step - seam.startStep) / Double(seam.endStep - seam.startStep))
    }

    private func take(of stream: GeneratedStream, seconds: Double, newOnly: Bool) throws -> Take {
        guard stream.end != .cancelled else { throw CancellationError() }
        return take(
            .seed(stream.number), music: newMusic(of: stream.tokens), tokens: stream.tokens.count,
            logProbability: stream.logProbability, seconds: seconds, newOnly: newOnly)
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
