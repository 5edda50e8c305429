import Decoding
import Encodings
import Networks
import Score

extension Continuation {
    /// Writes the takes as one batch.
    ///
    /// - Parameters:
    ///   - newOnly: leaves the prompt out; a take then begins at the last bar line before the seam.
    ///   - progress: called now and then with the share of the music that is written, 0…1.
    /// - Returns: the takes in the order of the settings' origins.
    /// - Throws: `GenerationError` when the model gives no usable numbers, `CancellationError` when
    ///   the current task is cancelled.
    public func takes(
        newOnly: Bool = false, progress: (Double) -> Void = { _ in }
    ) throws -> [Take] {
        switch settings.method {
        case .sampling(let sampling, let seed):
            try sampled(sampling, seed: seed, newOnly: newOnly, progress: progress)
        case .beams(let search):
            try searched(search, newOnly: newOnly, progress: progress)
        }
    }

    /// Steps that each take fills.
    private var steps: Int { seam.endStep - seam.startStep }

    /// The most tokens of a take: in every step each key that may be down struck and released.
    private var tokenLimit: Int { steps * (2 * settings.maximumNotesAtOnce + 1) }

    private func sampled(
        _ sampling: SamplingSettings, seed: Int, newOnly: Bool, progress: (Double) -> Void
    ) throws -> [Take] {
        let clock = ContinuousClock()
        let start = clock.now
        let generator = BatchGenerator(
            model: model.inference, settings: sampling, tokenLimit: tokenLimit)
        var written = 0
        var seconds: [Int: Double] = [:]
        // A stream's numbers depend on its own number only: that is the take's seed.
        let streams = try generator.generate(
            streams: seed..<seed + settings.takes, after: read,
            constraint: GrammarConstraint(grammar), seed: 0
        ) { event in
            switch event {
            case .chose(_, let token, _):
                guard case .wait(let waited) = model.encoding.kind(of: token) else { return }
                written += waited
                progress(min(1, Double(written) / Double(steps * settings.takes)))
            case .ended(let stream, _, _):
                seconds[stream] = start.duration(to: clock.now) / .seconds(1)
            }
        }
        guard !streams.contains(where: { $0.end == .cancelled }) else { throw CancellationError() }
        return streams.map {
            take(
                .seed($0.number), notes: newNotes(of: $0.tokens), tokens: $0.tokens.count,
                logProbability: $0.logProbability, seconds: seconds[$0.number] ?? 0,
                newOnly: newOnly)
        }
    }

    private func searched(
        _ search: BeamSettings, newOnly: Bool, progress: (Double) -> Void
    ) throws -> [Take] {
        let clock = ContinuousClock()
        let start = clock.now
        var furthest = 0
        let beams = try BeamSearch(
            model: model.inference, settings: search, tokenLimit: tokenLimit
        ).search(after: read, constraint: GrammarConstraint(grammar)) { leader in
            guard leader.grammar.step - seam.startStep > furthest else { return }
            furthest = leader.grammar.step - seam.startStep
            progress(min(1, Double(furthest) / Double(steps)))
        }
        guard !beams.contains(where: { $0.end == .cancelled }) else { throw CancellationError() }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        // A rest can be spelt in several ways.
        var known: Set<[Note]> = []
        var takes: [Take] = []
        for beam in beams where takes.count < settings.takes {
            let notes = newNotes(of: beam.tokens)
            guard known.insert(notes).inserted else { continue }
            takes.append(
                take(
                    .beam(takes.count + 1), notes: notes, tokens: beam.tokens.count,
                    logProbability: beam.logProbability, seconds: seconds, newOnly: newOnly))
        }
        return takes
    }

    private func take(
        _ origin: Take.Origin, notes new: [Note], tokens: Int, logProbability: Double,
        seconds: Double, newOnly: Bool
    ) -> Take {
        var assignment = PartAssignment(prompt.parts)
        var score = prompt
        for (index, notes) in assignment.assign(new).enumerated() {
            let part = prompt.parts[index]
            score.parts[index] = Part(
                name: part.name, program: part.program, notes: (newOnly ? [] : part.notes) + notes)
        }
        score.texts.removeAll(where: TakeSettings.isText)
        score.texts.append(TakeSettings(settings, origin: origin, model: model).text)
        if newOnly { score = score.suffix(from: seam.barLine) }
        return Take(
            origin: origin, score: score, end: newOnly ? seam.end - seam.barLine : seam.end,
            notes: new.count, tokens: tokens, logProbability: logProbability,
            generatingSeconds: seconds)
    }
}
