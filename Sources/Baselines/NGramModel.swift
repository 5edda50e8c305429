import Foundation

/// A language model that knows the last few tokens only: the yardstick for networks.
///
/// Interpolated: each context's distribution is mixed with that of the context one token shorter,
/// the shortest with the uniform distribution, so every token has a probability above 0. See Chen
/// and Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling" (1998).
package struct NGramModel: Sendable {
    /// How much of a context's probability goes to tokens not seen after it.
    package enum Smoothing: String, Hashable, Sendable, Codable, CaseIterable {
        /// Modified Kneser–Ney, interpolated: three discounts for each level from counts of counts
        /// (Chen and Goodman 1998, equations 26 and 27), a single one where too few n-grams occur
        /// 1, 2, 3 or 4 times; lower levels count the different tokens that stand before.
        case kneserNey = "kneser-ney"
        /// Witten–Bell (method C of Witten and Bell 1991; Chen and Goodman 1998, section 2.5): the
        /// lower level weighs as much as the number of different tokens seen after the context.
        case wittenBell = "witten-bell"
    }

    /// The number of tokens in the longest n-gram; the context is one shorter.
    package let order: Int
    package let smoothing: Smoothing
    package let vocabularySize: Int
    /// The token that begins a piece: it is context, and nothing before it is.
    package let neverPredicted: Int?

    private let packing: TokenPacking
    /// Level k is about n-grams of k + 1 tokens.
    private let levels: [SmoothedCounts]

    /// Counts the n-grams of `sequences`.
    ///
    /// At order 6 about 0.5 s and 100 MB for each million tokens.
    ///
    /// - Parameters:
    ///   - order: at least 1; `order` tokens of ⌈log₂ vocabularySize⌉ bits must fit into 64 bits.
    ///   - vocabularySize: 2…65,536; all ids are below it.
    ///   - neverPredicted: the id that begins each piece and has no probability; nil when there is
    ///     none.
    package init(
        order: Int, smoothing: Smoothing, vocabularySize: Int, sequences: [[Int]],
        neverPredicted: Int? = 0
    ) {
        let packing = TokenPacking(vocabularySize: vocabularySize, neverPredicted: neverPredicted)
        precondition((1...packing.longest).contains(order), "the order is 1…\(packing.longest)")
        let corpus = NGramCorpus(
            packing: packing, vocabularySize: vocabularySize, sequences: sequences)
        var levels: [SmoothedCounts]
        switch smoothing {
        case .wittenBell:
            levels = (1...order).map { SmoothedCounts(corpus.counts(order: $0), smoothing) }
        case .kneserNey:
            var counts = corpus.counts(order: order)
            levels = [SmoothedCounts(counts, smoothing)]
            for shorter in stride(from: order - 1, to: 0, by: -1) {
                counts = corpus.continuationCounts(order: shorter, above: counts)
                levels.insert(SmoothedCounts(counts, smoothing), at: 0)
            }
        }
        self.init(smoothing, levels: levels, vocabularySize: vocabularySize, packing: packing)
    }

    init(
        _ smoothing: Smoothing, levels: [SmoothedCounts], vocabularySize: Int,
        packing: TokenPacking
    ) {
        self.order = levels.count
        self.smoothing = smoothing
        self.vocabularySize = vocabularySize
        self.neverPredicted = packing.neverPredicted
        self.packing = packing
        self.levels = levels
    }

    /// The probability of `token` after `context`, of which the last `order` − 1 tokens matter.
    ///
    /// Over all tokens but `neverPredicted`, whose probability is 0, the probabilities sum to 1.
    package func probability(of token: Int, after context: [Int]) -> Double {
        precondition((0..<vocabularySize).contains(token), "a token is below the vocabulary's size")
        guard token != neverPredicted else { return 0 }
        let history = history(of: context)
        return probability(of: token, after: history.packed, length: history.length)
    }

    /// What `probability(of:after:)` gives for each token, (V), at once: O(V · order).
    package func probabilities(after context: [Int]) -> [Double] {
        let history = history(of: context)
        var probabilities = [Double](repeating: uniform, count: vocabularySize)
        if let neverPredicted { probabilities[neverPredicted] = 0 }
        for (length, level) in levels.enumerated() where length <= history.length {
            let context = packing.suffix(history.packed, count: length)
            guard level.mix(into: &probabilities, after: context) else { break }
        }
        return probabilities
    }

    /// The tokens that matter to what comes next, packed, and how many of them are of this piece.
    private func history(of context: [Int]) -> (packed: UInt64, length: Int) {
        context.suffix(order).reduce((0, 0)) { history, token in
            let before = token == neverPredicted ? 0 : history.1
            return (packing.appending(token, to: history.0), before + 1)
        }
    }

    /// The probability of each token where nothing is known.
    private var uniform: Double {
        1 / Double(neverPredicted == nil ? vocabularySize : vocabularySize - 1)
    }

    /// The sum of −ln p over all tokens but `neverPredicted`, in nats.
    package func negativeLogLikelihood(of sequence: [Int]) -> Double {
        precondition(
            sequence.allSatisfy { (0..<vocabularySize).contains($0) },
            "a token is below the vocabulary's size")
        var sum = 0.0
        packing.forEachPrediction(in: sequence) { history, length, token in
            sum -= log(probability(of: token, after: history, length: length))
        }
        return sum
    }

    private func probability(of token: Int, after history: UInt64, length: Int) -> Double {
        var probability = uniform
        for (contextLength, level) in levels.enumerated() where contextLength <= length {
            let context = packing.suffix(history, count: contextLength)
            // Nothing was seen after a context: nor after a longer one.
            guard let mixed = level.probability(of: token, after: context, lower: probability)
            else { break }
            probability = mixed
        }
        return probability
    }
}
