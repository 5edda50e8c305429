/// How n-grams become single words: each token takes the same number of bits, the oldest token the
/// highest ones, so that sorted n-grams stand grouped by their context.
struct TokenPacking: Hashable, Sendable {
    let bitsPerToken: Int
    /// The token that begins a piece: context only, and nothing before it is context.
    let neverPredicted: Int?

    init(vocabularySize: Int, neverPredicted: Int?) {
        precondition((2...65_536).contains(vocabularySize), "a vocabulary has 2…65,536 tokens")
        bitsPerToken = Int.bitWidth - (vocabularySize - 1).leadingZeroBitCount
        self.neverPredicted = neverPredicted
    }

    /// The longest n-gram that fits into a word: 8 for 151 tokens.
    var longest: Int { UInt64.bitWidth / bitsPerToken }

    /// The last `count` tokens of a packed run of tokens.
    func suffix(_ packed: UInt64, count: Int) -> UInt64 {
        packed & ((UInt64(1) << (count * bitsPerToken)) &- 1)
    }

    func appending(_ token: Int, to packed: UInt64) -> UInt64 {
        (packed << bitsPerToken) | UInt64(token)
    }

    /// Calls `body` for each token that is to be predicted, with the packed tokens before it and
    /// how many of them, `length`, belong to the same piece.
    func forEachPrediction(
        in sequence: [Int], _ body: (_ history: UInt64, _ length: Int, _ token: Int) -> Void
    ) {
        var history: UInt64 = 0
        var length = 0
        for token in sequence {
            if token == neverPredicted {
                length = 0
            } else {
                body(history, length, token)
            }
            history = appending(token, to: history)
            length += 1
        }
    }
}
