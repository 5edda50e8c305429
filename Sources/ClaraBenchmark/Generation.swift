import Decoding
import Networks

/// Generating the same number of tokens again and again, from the same prompt.
struct Generation<Model: NextTokenModel> {
    /// Of each stream.
    let tokens: Int
    private let streams: Int
    private let prompt: ReadPrompt<Model>
    private let generator: BatchGenerator<Model>

    init(_ model: Model, streams: Int, tokens: Int, prompt: [Int] = [0]) {
        self.tokens = tokens
        self.streams = streams
        self.prompt = ReadPrompt(prompt, by: model)
        generator = BatchGenerator(model: model, settings: .plain, tokenLimit: tokens)
    }

    func write(report: (GenerationEvent) -> Void = { _ in }) throws {
        _ = try generator.generate(
            streams: 0..<streams, after: prompt, constraint: NoConstraint(), seed: 1, report: report
        )
    }
}
