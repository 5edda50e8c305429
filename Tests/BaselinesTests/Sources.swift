/// A small seeded generator (SplitMix64): Baselines imports nothing, and so do its tests.
struct TestGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Sequences <start> t … <end> of skewed, context-dependent tokens below `vocabularySize`; the last
/// quarter of the vocabulary never occurs.
func randomSequences(count: Int, length: Int, vocabularySize: Int, seed: UInt64) -> [[Int]] {
    var generator = TestGenerator(seed: seed)
    let used = vocabularySize * 3 / 4
    return (0..<count).map { _ in
        var sequence = [0]
        for _ in 0..<length {
            let last = sequence[sequence.count - 1]
            let step = Int.random(in: 0..<used - 2, using: &generator)
            let jump = Bool.random(using: &generator) ? step : step * step / used
            sequence.append(2 + (last + jump) % (used - 2))
        }
        return sequence + [1]
    }
}

/// A first-order Markov chain over the tokens 2…5 with known transition probabilities.
struct MarkovSource {
    static let transitions: [[Double]] = [
        [0.7, 0.1, 0.1, 0.1], [0.05, 0.05, 0.8, 0.1], [0.25, 0.25, 0.25, 0.25], [0.9, 0.0, 0.1, 0],
    ]

    static func sequence(length: Int, seed: UInt64) -> [Int] {
        var generator = TestGenerator(seed: seed)
        var state = 0
        var tokens = [0]
        for _ in 0..<length {
            var left = Double.random(in: 0..<1, using: &generator)
            let row = transitions[state]
            state =
                row.firstIndex {
                    left -= $0; return left < 0
                } ?? 0
            tokens.append(2 + state)
        }
        return tokens
    }
}
