import Decoding
import Encodings
import Networks
import Originality
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
        case .sampling(let sampling, let seed) where given != nil:
            try accompanied(
                sampling, seed: seed, grammar: grammar, newOnly: newOnly, progress: progress)
        case .sampling(let sampling, let seed):
            try sampled(
                sampling, seed: seed, grammar: grammar, newOnly: newOnly, progress: progress)
        case .beams(let search):
            try searched(search, grammar: grammar, newOnly: newOnly, progress: progress)
        }
    }

    /// Steps that each take fills.
    var steps: Int { seam.endStep - seam.startStep }

    /// The most tokens of a take, whatever the encoding: in every step each key that may be down struck, with its
    /// loudness and its length, and what places them; and all that is given.
    var tokenLimit: Int {
        let given = given == nil ? 0 : prompt.parts.reduce(0) { $0 + 3 * $1.notes.count }
        return steps * (3 * settings.maximumNotesAtOnce + 5) + given
    }

    /// What keeps notes from being struck that the settings do not want; nil where any may be.
    var strikeGuard: StrikeGuard? {
        var rules: [any StrikeRule] = []
        if let original { rules.append(RunFollower(original.table, limit: SharedRun.phrase)) }
        if settings.method.repetition.noLoops, given == nil {
            rules.append(LoopFollower(bar: barSteps, from: seam.startStep))
        }
        return rules.isEmpty
            ? nil : StrikeGuard(rules, pitches: StruckPitches(model.encoding))
    }

    /// Of the meter that holds where the new music begins.
    private var barSteps: Int {
        let meter = prompt.meterMap.change(at: seam.start).meter
        return meter.barLength(ticksPerQuarter: model.encoding.stepsPerQuarter).count
    }

    private func sampled(
        _ sampling: SamplingSettings, seed: Int, grammar: some MusicGrammar, newOnly: Bool,
        progress: (Double) -> Void
    ) throws -> [Take] {
        let clock = ContinuousClock()
        let start = clock.now
        let generator = BatchGenerator(
            model: model.inference, settings: sampling, tokenLimit: tokenLimit)
        // Only to tell how far the takes are.
        var followed = Array(repeating: grammar, count: settings.takes)
        var written = 0
        var seconds: [Int: Double] = [:]
        // A stream's numbers depend on its own number only: that is the take's seed.
        let streams = try generator.generate(
            streams: seed..<seed + settings.takes, after: read,
            constraint: GrammarConstraint(grammar, strikeGuard: strikeGuard), seed: 0
        ) { event in
            switch event {
            case .chose(let stream, let token, _):
                let before = followed[stream - seed].step
                followed[stream - seed].advance(token)
                guard followed[stream - seed].step > before else { return }
                written += followed[stream - seed].step - before
                progress(min(1, Double(written) / Double(steps * settings.takes)))
            case .ended(let stream, _, _):
                seconds[stream] = start.duration(to: clock.now) / .seconds(1)
            }
        }
        return try streams.map {
            try take(of: $0, seconds: seconds[$0.number] ?? 0, newOnly: newOnly)
        }
    }

    /// - Throws: `CancellationError` where the stream was cut short.
    func take(of stream: GeneratedStream, seconds: Double, newOnly: Bool) throws -> Take {
        guard stream.end != .cancelled else { throw CancellationError() }
        return take(
            .seed(stream.number), music: newMusic(of: stream.tokens), tokens: stream.tokens.count,
            logProbability: stream.logProbability, seconds: seconds, newOnly: newOnly)
    }

    private func searched(
        _ search: BeamSettings, grammar: some MusicGrammar, newOnly: Bool,
        progress: (Double) -> Void
    ) throws -> [Take] {
        let clock = ContinuousClock()
        let start = clock.now
        var furthest = 0
        let beams = try BeamSearch(
            model: model.inference, settings: search, tokenLimit: tokenLimit
        ).search(
            after: read, constraint: GrammarConstraint(grammar, strikeGuard: strikeGuard)
        ) { leader in
            guard leader.grammar.step - seam.startStep > furthest else { return }
            furthest = leader.grammar.step - seam.startStep
            progress(min(1, Double(furthest) / Double(steps)))
        }
        guard !beams.contains(where: { $0.end == .cancelled }) else { throw CancellationError() }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        // A rest can be spelt in several ways.
        var known: Set<Score> = []
        var takes: [Take] = []
        for beam in beams where takes.count < settings.takes {
            let music = newMusic(of: beam.tokens)
            guard known.insert(music).inserted else { continue }
            takes.append(
                take(
                    .beam(takes.count + 1), music: music, tokens: beam.tokens.count,
                    logProbability: beam.logProbability, seconds: seconds, newOnly: newOnly))
        }
        return takes
    }

    /// - Parameter isCompared: whether what it copies is looked for, where that matters.
    func take(
        _ origin: Take.Origin, music new: Score, tokens: Int, logProbability: Double,
        seconds: Double, newOnly: Bool, isCompared: Bool = true
    ) -> Take {
        var score = joined(with: new, newOnly: newOnly)
        score.texts.removeAll(where: TakeText.isOne)
        let start = newOnly ? seam.start - seam.barLine : seam.start
        score.texts.append(TakeSettings(self, origin: origin, seam: start).text)
        if newOnly { score = score.suffix(from: seam.barLine) }
        let source = isCompared ? original : nil
        return Take(
            origin: origin, score: score, start: start,
            end: newOnly ? seam.end - seam.barLine : seam.end, notes: new.noteCount, tokens: tokens,
            logProbability: logProbability,
            generatingSeconds: seconds,
            copies: source.map { TakeCopies(of: score, from: start, comparedWith: $0) })
    }

    /// Who plays the new notes.
    var assignment: PartAssignment {
        PartAssignment(prompt.parts, encoding: model.encoding, players: model.players)
    }

    /// The prompt and the new music as one score.
    func joined(with new: Score, newOnly: Bool) -> Score {
        var score = prompt
        if newOnly { score.parts = prompt.parts.map { $0.silenced } }
        guard given == nil else {
            score.parts += new.parts.map(assignment.played)
            return score
        }
        assignment.add(new.parts, to: &score.parts)
        if !model.encoding.neverHeld.contains(.tempo), !settings.keepsTempo {
            // Of the tempo that a piece is to begin with, the text has the nearest only.
            let first = opening?.tempo == nil ? seam.start : seam.start + Ticks(1)
            // The prompt's later ones, of which the model knew nothing, would come in between.
            score.tempoMap = TempoMap(
                prompt.tempoMap.changes.filter { $0.tick < first }
                    + new.tempoMap.changes.filter { $0.tick >= first })
        }
        return score
    }
}

extension Part {
    /// The same instrument without music.
    fileprivate var silenced: Part {
        Part(name: name, program: program, isDrums: isDrums, notes: [])
    }
}
