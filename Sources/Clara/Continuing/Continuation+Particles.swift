import Decoding
import Encodings
import Files
import Synchronization

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
        let constraint = GrammarConstraint(grammar, strikeGuard: strikeGuard)
        let shares = Mutex([Double](repeating: 0, count: settings.takes))
        return try withoutActuallyEscaping(progress) { progress in
            // Safe: called by one thread at a time, and by none after this function's end.
            nonisolated(unsafe) let progress = progress
            return try withUnsafeCurrentTask { task in
                // Safe: whether a task is cancelled may be asked from any thread, here before this closure's end.
                nonisolated(unsafe) let task = task
                return try (0..<settings.takes).concurrentMap { index in
                    Result {
                        let start = clock.now
                        let stream = try generator.generate(
                            stream: seed + index, after: read, constraint: constraint
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
        min(1, Double(grammar.step - seam.startStep) / Double(steps))
    }
}
