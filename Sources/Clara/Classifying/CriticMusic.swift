import Encodings
import Files
import Score
import Synchronization

/// Gathers what people wrote and what machines did: after the same prompts, so many bars each.
struct CriticMusic {
    static let human = "human"
    /// The classes' names.
    static let classes = [human, "machine"]

    private static let promptBars = 8
    private static let continuationBars = 16
    /// How machines choose to write what is trained on, in turn; what is held out is written at the standard
    /// temperature.
    private static let temperatures: [Float] = [0.8, 0.9, 1]

    /// Each prompt in the turn of its number.
    let models: [ModelBundle]
    let cutter: PassageCutter
    /// Prompts from pieces that may be trained on, and from those that are held out.
    let prompts: (training: Int, heldOut: Int)
    let seed: Int

    /// - Parameter onEvent: called from several threads.
    func labelled(
        _ music: MusicSource, heldOut: Set<MusicContent>,
        onEvent: @escaping @Sendable (ClassifierTraining.Event) -> Void
    ) throws -> LabelledMusic {
        let corpus = try Corpus(music, encoding: cutter.encoding) {
            onEvent(.reading(files: $0, of: $1))
        }
        let groups = corpus.duplicateGroups
        let split = ClassifierSplit(corpus, heldOut: heldOut)
        let calibrated = Double(prompts.training) * ClassifierSplit.calibrationShare
        let sides = [
            (split.training, prompts.training - Int(calibrated), Self.temperatures),
            (split.calibration, Int(calibrated), Self.temperatures),
            (split.heldOut, prompts.heldOut, [Self.temperatures[1]]),
        ]
        let written = Mutex(0)
        let all = prompts.training + prompts.heldOut
        let pieces = try sides.map { corpus, count, temperatures in
            try self.pieces(count, from: corpus, temperatures, groups: groups) {
                let done = written.withLock { count in
                    count += 1
                    return count
                }
                onEvent(.wrote(continuations: done, of: all))
            }
        }
        let result = LabelledMusic(
            classes: Self.classes, training: pieces[0], calibration: pieces[1], heldOut: pieces[2],
            heldOutContents: split.heldOutContents, skipped: corpus.skipped)
        try result.check(data: music.names)
        return result
    }

    /// What followed prompts, by their composers and by machines.
    private func pieces(
        _ count: Int, from corpus: Corpus, _ temperatures: [Float], groups: [String: Int],
        progress: @escaping @Sendable () -> Void
    ) throws -> [LabelledPiece] {
        let (prompts, _) = ReviewPromptSource.prompts(
            count, from: corpus, promptBars: Self.promptBars,
            continuationBars: Self.continuationBars, seed: seed)
        let results = Array(prompts.enumerated()).concurrentMap { index, prompt in
            defer { progress() }
            return Result {
                let human = WrittenSample(composedIn: prompt)
                let machine = try sample(
                    after: prompt, index: index,
                    temperature: temperatures[index / models.count % temperatures.count])
                return [human, machine].enumerated().compactMap { label, sample in
                    piece(sample, label: label, group: groups[prompt.path] ?? 0)
                }
            }
        }
        return try results.flatMap { try $0.get() }
    }

    private func sample(
        after prompt: ReviewPrompt, index: Int, temperature: Float
    ) throws -> WrittenSample {
        let settings = try ContinuationSettings(
            length: .bars(Self.continuationBars), takes: 1,
            sampling: SamplingSettings(temperature: temperature), seed: seed + index)
        let take = try prompt.take(by: models[index % models.count], settings)
        return WrittenSample(take.score, endingAt: take.end, after: prompt, seed: seed + index)
    }

    private func piece(_ sample: WrittenSample, label: Int, group: Int) -> LabelledPiece? {
        let passages = cutter.passages(of: sample.score, in: sample.seam..<sample.end)
        guard !passages.isEmpty else { return nil }
        return LabelledPiece(label: label, group: group, passages: passages.map(\.tokens))
    }
}
