import Decoding
import Networks

/// What a model has read of prompts: of several with a common beginning, the beginning once.
///
/// Takes are the same with and without it. Bounded: it forgets what was not used for longest. Safe to
/// share between threads.
public final class PromptMemory: Sendable {
    private let cache: PromptCache<InferenceModel>

    /// - Parameter model: the only one whose prompts it may hold.
    public init(of model: ModelBundle) {
        cache = PromptCache(model.inference)
    }

    /// States that are kept.
    package var count: Int { cache.count }

    func read(_ tokens: [Int]) -> ReadPrompt<InferenceModel> { cache.read(tokens) }
}
