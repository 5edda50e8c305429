import Files

/// Forbids what would write the same passage, a given number of tokens long, too often.
///
/// With no repeats allowed it is the blocking of Paulus, Xiong and Socher, "A Deep Reinforced Model
/// for Abstractive Summarization" (2018), there for three words. Music repeats short figures all the
/// time, and phrases on purpose; so passages are longer here, and some repeats may pass. An endless
/// loop cannot: whatever its period, its passages come again and again.
///
/// Passages are told apart by 64-bit hashes: in a million tokens, two different ones are taken for
/// the same with a probability of about 10⁻⁷. Memory grows with the tokens, 2 entries for each.
package struct RepeatLimit: HistoryTransform, Hashable {
    /// Tokens in a passage.
    package let length: Int
    /// How often a passage may come again.
    package let repeats: Int

    /// The last `length` − 1 tokens, which the next one completes to a passage: each at its place
    /// modulo `length` − 1.
    private var latest: [Int] = []
    private var place = 0
    /// Σ word(token) · base^age over `latest`.
    private var beginning: UInt64 = 0
    /// How often each passage came, and how often each beginning of one was gone on from.
    private var counts: [UInt64: Int] = [:]
    /// base^(length − 1), the weight with which a token leaves `beginning`.
    private let leavingWeight: UInt64

    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// - Parameters:
    ///   - length: at least 2.
    ///   - repeats: at least 0.
    package init(length: Int, repeats: Int = 0) {
        precondition(length >= 2, "a passage has at least two tokens")
        precondition(repeats >= 0, "repeats are counted from 0")
        self.length = length
        self.repeats = repeats
        leavingWeight = Self.power(length - 1)
    }

    /// base^exponent by squaring: O(log exponent), since any length may be asked for.
    private static func power(_ exponent: Int) -> UInt64 {
        var (power, square, rest) = (UInt64(1), base, exponent)
        while rest > 0 {
            if rest % 2 == 1 { power = power &* square }
            square = square &* square
            rest /= 2
        }
        return power
    }

    package mutating func advance(_ token: Int) {
        let all = beginning &* Self.base &+ Self.word(token)
        guard latest.count == length - 1 else {
            latest.append(token)
            beginning = all
            return
        }
        counts[key(completedBy: token), default: 0] += 1
        counts[key, default: 0] += 1
        beginning = all &- leavingWeight &* Self.word(latest[place])
        latest[place] = token
        place = (place + 1) % (length - 1)
    }

    /// Where every candidate would repeat too often, all stay.
    package func apply(to candidates: inout Candidates) {
        guard latest.count == length - 1, counts[key, default: 0] > repeats else { return }
        candidates.remove { counts[key(completedBy: $0), default: 0] > repeats }
    }

    private var key: UInt64 { SplitMix64.hash(of: beginning) }

    private func key(completedBy token: Int) -> UInt64 {
        SplitMix64.hash(of: beginning &* Self.base &+ Self.word(token)) ^ Self.base
    }

    private static func word(_ token: Int) -> UInt64 {
        SplitMix64.hash(of: UInt64(truncatingIfNeeded: token))
    }
}
