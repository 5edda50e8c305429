import Networks
import Synchronization

/// Prompts that a model has read, so that what several have in common at their beginnings is read once:
/// a new one starts from a fork of the longest beginning that is known.
///
/// Keeps the states that were used last. What a prompt's state is does not depend on what was kept
/// (`NextTokenModel.read` is taking the tokens' steps). Safe to share between threads.
package final class PromptCache<Model: NextTokenModel>: Sendable where Model.State: Sendable {
    private let model: Model
    private let capacity: Int
    private let tokenCapacity: Int
    private let stride: Int
    /// The one that was used last comes last.
    private let kept = Mutex<[ReadPrompt<Model>]>([])

    /// - Parameters:
    ///   - capacity: states that are kept at most, at least 1.
    ///   - tokenCapacity: tokens that all kept states have read together at most, but for a single one: a state
    ///     may remember each of its own.
    ///   - stride: tokens from one kept state of a prompt to the next, at least 1.
    package init(
        _ model: Model, capacity: Int = 256, tokenCapacity: Int = 300_000, stride: Int = 128
    ) {
        precondition(capacity >= 1 && stride >= 1, "a cache keeps something")
        self.model = model
        self.capacity = capacity
        self.tokenCapacity = tokenCapacity
        self.stride = stride
    }

    /// How many states are kept.
    package var count: Int { kept.withLock(\.count) }

    /// Reads what is not known yet of `tokens`, at least one.
    package func read(_ tokens: [Int]) -> ReadPrompt<Model> {
        var prompt = longestBeginning(of: tokens)
        while prompt.map({ $0.tokens.count < tokens.count }) ?? true {
            let start = prompt?.tokens.count ?? 0
            let end = min(tokens.count, (start / stride + 1) * stride)
            let next =
                prompt?.reading(tokens[start..<end], by: model)
                ?? ReadPrompt(Array(tokens[start..<end]), by: model)
            keep(next)
            prompt = next
        }
        guard let prompt else { preconditionFailure("a prompt has at least one token") }
        return prompt
    }

    private func longestBeginning(of tokens: [Int]) -> ReadPrompt<Model>? {
        kept.withLock { kept in
            let known = kept.indices.filter { tokens.starts(with: kept[$0].tokens) }
            guard let longest = known.max(by: { kept[$0].tokens.count < kept[$1].tokens.count })
            else { return nil }
            let prompt = kept.remove(at: longest)
            kept.append(prompt)
            return prompt
        }
    }

    private func keep(_ prompt: ReadPrompt<Model>) {
        kept.withLock { kept in
            kept.removeAll { $0.tokens == prompt.tokens }
            kept.append(prompt)
            var tokens = kept.reduce(0) { $0 + $1.tokens.count }
            while kept.count > capacity || kept.count > 1 && tokens > tokenCapacity {
                tokens -= kept.removeFirst().tokens.count
            }
        }
    }
}
