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
    /// At which temperatures machines write what is trained on, in turn; what is held out is written at the standard
    /// one.
    private static let temperatures = [-0.1, 0, 0.1].map {
        Float(ContinuationSettings.standardTemperature + $0)
    }

    /// Each prompt in the turn of its number.
    let models: [ModelBundle]
    let cutter: PassageCutter
    /// Prompts from pieces that may be trained on, and from those that are held out.
    let prompts: (training: Int, heldOut: Int)
    let seed: Int

    /// What is continued for one side.
    private struct Side {
        let prompts: [ReviewPrompt]
        let temperatures: [Float]
    }

    /// - Parameter onEvent: called from several threads.
    /// - Throws: `ClassifyingError` where a side has no prompts, before anything is written.
    func labelled(
        _ music: MusicSource, heldOut: Set<MusicContent>,
        onEvent: @escaping @Sendable (ClassifierTraining.Event) -> Void
    ) throws -> LabelledMusic {
        let corpus = try Corpus(music, encoding: cutter.encoding) {
            onEvent(.reading(files: $0, of: $1))
        }
        let groups = corpus.duplicateGroups
        let split = ClassifierSplit(corpus, heldOut: heldOut)
        let sides = try sides(of: split, data: music.names)
        let written = Mutex(0)
        let all = sides.reduce(0) { $0 + $1.prompts.count }
        let pieces = try sides.map { side in
            try self.pieces(side, groups: groups) {
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

    /// To train on, to calibrate on and held out.
    private func sides(
        of split: ClassifierSplit, data: [String]
    ) throws(ClassifyingError) -> [Side] {
        let calibrated = Int(Double(prompts.training) * ClassifierSplit.calibrationShare)
        let wanted = [
            ("to train on", split.training, prompts.training - calibrated, Self.temperatures),
            ("to calibrate on", split.calibration, calibrated, Self.temperatures),
            ("to hold out", split.heldOut, prompts.heldOut, [Self.temperatures[1]]),
        ]
        var sides: [Side] = []
        for (name, corpus, count, temperatures) in wanted {
            let (prompts, _) = ReviewPromptSource.prompts(
                count, from: corpus, promptBars: Self.promptBars,
                continuationBars: Self.continuationBars, seed: seed)
            guard !prompts.isEmpty else { throw .noPieces(side: name, data: data) }
            sides.append(Side(prompts: prompts, temperatures: temperatures))
        }
        return sides
    }

    /// What followed prompts, by their composers and by machines.
    private func pieces(
        _ side: Side, groups: [String: Int], progress: @escaping @Sendable () -> Void
    ) throws -> [LabelledPiece] {
        let temperatures = side.temperatures
        let results = Array(side.prompts.enumerated()).concurrentMap { index, prompt in
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
            sampling: ContinuationSettings.sampling(temperature: temperature), seed: seed + index)
        let take = try prompt.take(by: models[index % models.count], settings)
        return WrittenSample(take.score, endingAt: take.end, after: prompt, seed: seed + index)
    }

    private func piece(_ sample: WrittenSample, label: Int, group: Int) -> LabelledPiece? {
        let passages = cutter.passages(of: sample.score, in: sample.seam..<sample.end)
        guard !passages.isEmpty else { return nil }
        return LabelledPiece(label: label, group: group, passages: passages.map(\.tokens))
    }
}
