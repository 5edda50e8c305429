import Decoding
import Encodings
import Networks
import Score

extension Continuation {
    /// The bar line where takes end, in the ticks of their scores.
    package var end: Ticks { seam.end }

    /// The prompt and what another model of the same tokens samples after it, under the same grammar.
    ///
    /// - Throws: as `takes`.
    func score<Model: NextTokenModel>(
        by other: Model, sampling: SamplingSettings, seed: Int
    ) throws -> Score {
        let streams = try streams(
            by: other, sampling: sampling, seed: seed, grammar: grammar)
        guard let stream = streams.first, stream.end != .cancelled else {
            throw CancellationError()
        }
        return joined(with: newMusic(of: stream.tokens), newOnly: false)
    }

    private func streams<Model: NextTokenModel>(
        by other: Model, sampling: SamplingSettings, seed: Int, grammar: some MusicGrammar
    ) throws(GenerationError) -> [GeneratedStream] {
        try BatchGenerator(model: other, settings: sampling, tokenLimit: tokenLimit).generate(
            streams: seed..<seed + 1, after: ReadPrompt(read.tokens, by: other),
            constraint: GrammarConstraint(grammar, strikeGuard: nil), seed: 0)
    }
}
