import Networks
import Tensors

/// Continues a prompt several times at once.
///
/// The streams start from copies of the prompt's state, go through the model as one batch, and leave
/// it as they end. What a stream writes depends on the model, the prompt, the settings, the seed and
/// the stream's number only: take 2 is the same alone and among twenty, provided that the model's
/// logits do not depend on the batch (see ``NextTokenModel``).
package struct BatchGenerator<Model: NextTokenModel>: Sendable {
    package let model: Model
    package let settings: SamplingSettings
    /// The most tokens that a stream may get.
    package let tokenLimit: Int

    package init(model: Model, settings: SamplingSettings, tokenLimit: Int) {
        precondition(tokenLimit >= 0, "a token limit is at least 0")
        self.model = model
        self.settings = settings
        self.tokenLimit = tokenLimit
    }

    /// Writes the streams to their ends.
    ///
    /// Allocates no memory from token to token but for the tokens themselves, as far as the model
    /// and the constraint do not.
    ///
    /// - Parameters:
    ///   - streams: the streams' numbers, as 0..<4 for four takes, 2..<3 for the third one alone.
    ///   - constraint: the rules as they stand after the prompt; each stream goes on with a copy.
    ///   - report: receives each event as it happens.
    ///   - isCancelled: asked before each step; by default whether the current task is cancelled.
    ///     Streams that are cut short end as ``GeneratedStream/End/cancelled``.
    /// - Returns: the streams in the order of their numbers.
    /// - Throws: when a logit is not a number or +infinity.
    package func generate(
        streams: Range<Int>, after prompt: ReadPrompt<Model>, constraint: some TokenConstraint,
        seed: UInt64, report: (GenerationEvent) -> Void = { _ in },
        isCancelled: () -> Bool = { Task.isCancelled }
    ) throws(GenerationError) -> [GeneratedStream] {
        let repetition = RepetitionControl(settings.repetition, history: prompt.tokens)
        var batch = StreamBatch(
            streams.map {
                WritingStream(
                    number: $0, seed: seed, constraint: constraint, repetition: repetition)
            },
            sampler: Sampler(settings), tokenLimit: tokenLimit, report: report)
        guard batch.rowCount > 0 else { return batch.results }
        var state = model.fork(prompt.state, streams: batch.rowCount)
        var logits = Array(repeatElement(prompt.logits, count: batch.rowCount).joined())
        while !isCancelled() {
            try batch.chooseTokens(from: &logits, report: report)
            if let staying = batch.removeEndedStreams() {
                guard !staying.isEmpty else { return batch.results }
                state = model.select(staying, from: state)
            }
            model.step(batch.newestTokens, state: &state, logits: &logits)
        }
        batch.cancel(report: report)
        return batch.results
    }
}
