import Decoding
import Encodings
import Networks
import Score

extension Continuation {
    /// Where the takes begin, in the ticks of their scores.
    package var start: Ticks { seam.start }

    /// Writes sampled takes as `takes` does, and tells of their music as soon as it is certain.
    ///
    /// Of an encoding whose text must be whole to be read, nothing is told before a take is complete.
    /// What takes copy is left to who wants to know.
    ///
    /// - Parameters:
    ///   - isCancelled: asked before each step.
    ///   - report: receives what happens, on the thread of the caller.
    /// - Throws: `GenerationError` when the model gives no usable numbers, `CancellationError` when
    ///   it was cancelled; complete takes have been reported then.
    package func follow(
        isCancelled: () -> Bool, report: (TakeEvent) -> Void
    ) throws {
        guard case .sampling(let sampling, let seed) = settings.method else {
            preconditionFailure("beams are known at the end only")
        }
        try follow(
            sampling, seed: seed, grammar: grammar, isCancelled: isCancelled, report: report)
    }

    private func follow(
        _ sampling: SamplingSettings, seed: Int, grammar: some MusicGrammar,
        isCancelled: () -> Bool, report: (TakeEvent) -> Void
    ) throws {
        let start = ContinuousClock.now
        var followers = Array(repeating: TakeFollower(self), count: settings.takes)
        func tell(_ told: TakeFollower.Told?, take: Int) {
            guard let told else { return }
            report(.music(told.notes, told.tempos, take: take, at: told.at))
        }
        let streams = try BatchGenerator(
            model: model.inference, settings: sampling, tokenLimit: tokenLimit
        ).generate(
            streams: seed..<seed + settings.takes, after: read,
            constraint: GrammarConstraint(grammar, strikeGuard: strikeGuard), seed: 0,
            report: { event in
                switch event {
                case .chose(let stream, let token, let probability):
                    let take = stream - seed
                    tell(
                        followers[take].advance(token, logProbability: probability), take: take)
                case .ended(_, _, .cancelled): break
                case .ended(let stream, _, _):
                    let take = stream - seed
                    tell(followers[take].finish(), take: take)
                    report(.complete(whole(followers[take], of: stream, since: start), take: take))
                }
            }, isCancelled: isCancelled)
        guard !streams.contains(where: { $0.end == .cancelled }) else { throw CancellationError() }
    }

    private func whole(
        _ follower: TakeFollower, of seed: Int, since start: ContinuousClock.Instant
    ) -> Take {
        take(
            .seed(seed), music: newMusic(of: follower.tokens), tokens: follower.tokens.count,
            logProbability: follower.logProbability,
            seconds: start.duration(to: .now) / .seconds(1), newOnly: false, isCompared: false)
    }
}
