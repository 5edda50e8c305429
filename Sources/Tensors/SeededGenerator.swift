import Files
import Foundation

/// A seeded source of random numbers: the same seed gives the same numbers on every machine.
///
/// xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS
/// 2021), its 256 bits of state filled by SplitMix64 as the authors advise. Not for cryptography.
package struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
    /// All there is to know of a generator: save it, and a later generator goes on from there.
    package var state: State

    /// A generator whose numbers depend on the seed only.
    package init(seed: UInt64) {
        state = State(expanding: seed)
    }

    /// One of the many independent generators of a seed, as for the takes of a batch: its numbers
    /// depend on the seed and the stream's number only, not on how many streams there are.
    package init(seed: UInt64, stream: UInt64) {
        // The odd factor keeps the streams of one seed distinct; mixing twice keeps neighbouring
        // seeds and streams from starting at neighbouring places of SplitMix64's one long cycle.
        let base = SplitMix64.hash(of: seed)
        state = State(expanding: SplitMix64.mix(base ^ (stream &* 0xD134_2543_DE82_EF95)))
    }

    /// A generator that goes on where another one's state was saved.
    package init(state: State) {
        self.state = state
    }

    /// 64 random bits.
    @inlinable
    package mutating func next() -> UInt64 {
        state.advance()
    }

    /// A number in [0, 1): one of 2²⁴ equally likely, equally spaced values.
    @inlinable
    package mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// A number in [0, 1): one of 2⁵³ equally likely, equally spaced values.
    @inlinable
    package mutating func uniformDouble() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number of the normal distribution with mean 0 and variance 1.
    ///
    /// Box and Muller 1958. The pair's second number is given up, so that `state` is all the state.
    package mutating func normal() -> Float {
        let radius = (-2 * log(1 - uniformDouble())).squareRoot()
        return Float(radius * cos(2 * .pi * uniformDouble()))
    }
}

extension SeededGenerator {
    /// The 256 bits of a generator: four words, not all zero.
    package struct State: Hashable, Sendable {
        @usableFromInline var a, b, c, d: UInt64

        /// Fails for four zeros, the one state from which the generator never moves.
        package init?(words: [UInt64]) {
            guard words.count == 4, words.contains(where: { $0 != 0 }) else { return nil }
            (a, b, c, d) = (words[0], words[1], words[2], words[3])
        }

        /// The four words, for a checkpoint.
        package var words: [UInt64] { [a, b, c, d] }

        init(expanding seed: UInt64) {
            // SplitMix64 gives each 64-bit number once in its cycle, so never four zeros.
            var source = SplitMix64(state: seed)
            (a, b, c, d) = (source.next(), source.next(), source.next(), source.next())
        }

        @inlinable
        mutating func advance() -> UInt64 {
            let scrambled = Self.rotate(b &* 5, by: 7) &* 9
            let shifted = b << 17
            c ^= a
            d ^= b
            b ^= c
            a ^= d
            c ^= shifted
            d = Self.rotate(d, by: 45)
            return scrambled
        }

        @inlinable
        static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 {
            (word << count) | (word >> (64 - count))
        }
    }
}

extension SeededGenerator.State: Codable {
    /// Reads a list of four whole numbers; throws `DecodingError` for any other content.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let state = Self(words: try container.decode([UInt64].self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a generator's state is four whole numbers, not all zero")
        }
        self = state
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(words)
    }
}
