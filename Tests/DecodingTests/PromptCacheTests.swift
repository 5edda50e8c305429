import Decoding
import Testing

/// What a cache of prompts remembers changes nothing but the time.
@Suite struct PromptCacheTests {
    private let model = HashedModel()

    private static let prompts = [
        Array(0..<11), Array(0..<7) + [3, 3], Array(0..<11) + [1, 2, 3, 4, 5], [5], [4, 4, 4],
        Array(0..<3), Array(0..<11),
    ]

    @Test(arguments: [1, 2, 4, 100])
    func aPromptIsReadTheSameWhateverIsKnown(stride: Int) {
        for capacity in [1, 3, 50] {
            let cache = PromptCache(model, capacity: capacity, stride: stride)
            for prompt in Self.prompts {
                let (read, plain) = (cache.read(prompt), ReadPrompt(prompt, by: model))
                #expect(read.tokens == plain.tokens)
                #expect(read.state == plain.state)
                #expect(read.logits == plain.logits)
                #expect(cache.count <= capacity)
            }
        }
    }

    @Test func aCommonBeginningIsReadOnce() {
        let counting = CountingModel(model)
        let cache = PromptCache(counting, stride: 4)
        _ = cache.read(Array(0..<10))
        #expect(counting.tokensRead == 10)
        _ = cache.read(Array(0..<10))
        #expect(counting.tokensRead == 10)
        _ = cache.read(Array(0..<9) + [0, 0])
        #expect(counting.tokensRead == 13, "the first 8 were known")
        _ = cache.read(Array(0..<10) + [7])
        #expect(counting.tokensRead == 14)
    }

    @Test func longPromptsLeaveRoomForFewer() {
        let cache = PromptCache(model, tokenCapacity: 20, stride: 4)
        _ = cache.read(Array(0..<11))
        #expect(cache.count == 2, "after 8 and 11 tokens, not after 4")
        _ = cache.read(Array(repeating: 1, count: 30))
        #expect(cache.count == 1)
    }

    @Test func whatWasUsedLastIsKept() {
        let counting = CountingModel(model)
        let cache = PromptCache(counting, capacity: 2, stride: 100)
        for prompt in [[1], [2], [1], [3], [1]] { _ = cache.read(prompt) }
        #expect(counting.tokensRead == 3)
    }
}
