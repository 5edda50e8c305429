import Tensors

extension ReviewPromptSource {
    /// `count` prompts, each piece as often as any other or once less, in an order that the seed
    /// chooses; fewer only if no piece gives one.
    static func prompts(
        _ count: Int, from corpus: Corpus, promptBars: Int, continuationBars: Int, seed: Int
    ) -> (prompts: [ReviewPrompt], skipped: [TakeReviewReport.Skipped]) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var sources: [ReviewPromptSource] = []
        var skipped: [TakeReviewReport.Skipped] = []
        for piece in corpus.pieces {
            do throws(ReviewPromptSource.Unfit) {
                sources.append(
                    try ReviewPromptSource(
                        path: piece.path, encoding: corpus.encoding, promptBars: promptBars,
                        continuationBars: continuationBars))
            } catch {
                skipped.append(.init(path: piece.path, reason: error.reason))
            }
        }
        var prompts: [ReviewPrompt] = []
        while prompts.count < count, !sources.isEmpty {
            sources.shuffle(using: &generator)
            var fit: [ReviewPromptSource] = []
            for source in sources where prompts.count < count {
                do throws(ReviewPromptSource.Unfit) {
                    prompts.append(try source.draw(using: &generator))
                    fit.append(source)
                } catch {
                    skipped.append(.init(path: source.path, reason: error.reason))
                }
            }
            sources = fit
        }
        return (prompts, skipped)
    }
}
