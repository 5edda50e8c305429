import Score

/// Who continued the prompts, and how.
struct SampleAuthor: Sendable {
    let name: String
    /// Of a model.
    let hash: String?
    /// In the order of the prompts.
    var samples: [WrittenSample] = []
}

extension SamplesBenchmark {
    /// The composers, the models, and the n-gram model if there is one, with all that they wrote.
    func written(
        _ prompts: [ReviewPrompt], ngram: NGramWriter?, _ onEvent: (Event) -> Void
    ) throws -> [SampleAuthor] {
        var composers = SampleAuthor(name: "composers", hash: nil)
        var writers = zip(models, names).map { SampleAuthor(name: $1, hash: $0.hash) }
        var counts = ngram.map { _ in SampleAuthor(name: "n-gram", hash: nil) }
        for (index, prompt) in prompts.enumerated() {
            let seed = draw.seed + index
            composers.samples.append(WrittenSample(composedIn: prompt))
            for (number, model) in models.enumerated() {
                let settings = try ContinuationSettings(
                    length: .bars(draw.continuationBars), takes: 1, sampling: sampling, seed: seed)
                let continuation = try Continuation(
                    of: prompt.score, named: prompt.path, by: model, settings: settings)
                for take in try continuation.takes() {
                    writers[number].samples.append(
                        WrittenSample(take.score, endingAt: take.end, after: prompt, seed: seed))
                }
                guard number == 0, let ngram else { continue }
                let score = try continuation.score(by: ngram, sampling: sampling, seed: seed)
                counts?.samples.append(
                    WrittenSample(score, endingAt: continuation.end, after: prompt, seed: seed))
            }
            onEvent(.wrote(continuations: index + 1, of: prompts.count))
        }
        return [composers] + writers + [counts].compactMap(\.self)
    }

    /// The models' names, as short as their files': twice the same tells the whole path.
    private var names: [String] {
        let short = models.map { model in
            model.path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) }
                ?? model.path
        }
        return zip(models, short).map { model, name in
            short.count { $0 == name } == 1 && !["composers", "n-gram"].contains(name)
                ? name : model.path
        }
    }
}
