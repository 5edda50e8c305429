/// Which prompts are drawn from which music, and how long they and their continuations are.
struct PromptDraw: Sendable {
    let music: MusicSource
    let side: Evaluation.Side
    let promptBars: Int
    let continuationBars: Int
    /// Chooses the prompts; take k, counted from 0, has the seed `seed` + k.
    let seed: Int
    private let count: Int

    /// - Parameters:
    ///   - music: where prompts come from.
    ///   - count: how many, 1…10,000.
    ///   - promptBars: 1…1000.
    ///   - continuationBars: 1…1000.
    /// - Throws: `OutOfRange` for a number outside its range.
    init(
        of count: Int, from music: MusicSource, side: Evaluation.Side, promptBars: Int,
        continuationBars: Int, seed: Int
    ) throws(OutOfRange) {
        try OutOfRange.check(count, of: "--takes", in: 1...10_000)
        try OutOfRange.check(promptBars, of: "--prompt-bars", in: 1...1_000)
        try OutOfRange.check(continuationBars, of: "--bars", in: 1...1_000)
        try ContinuationSettings.checkSeeds(from: seed, takes: count)
        self.music = music
        self.side = side
        self.count = count
        self.promptBars = promptBars
        self.continuationBars = continuationBars
        self.seed = seed
    }

    /// Those of the music's pieces that are on the side for each of the models.
    func pieces(of corpus: Corpus, for models: [ModelBundle]) throws -> Corpus {
        try models.reduce(corpus) { try side.pieces(of: $0, from: music.names, for: $1) }
    }

    /// - Throws: `TakeReviewError` where no piece gives a prompt.
    func prompts(
        from pieces: Corpus
    ) throws(TakeReviewError) -> (prompts: [ReviewPrompt], skipped: [TakeReviewReport.Skipped]) {
        let (prompts, skipped) = ReviewPromptSource.prompts(
            count, from: pieces, promptBars: promptBars, continuationBars: continuationBars,
            seed: seed)
        guard !prompts.isEmpty else { throw .noPrompts(data: music.names, skipped: skipped) }
        return (prompts, skipped)
    }
}
