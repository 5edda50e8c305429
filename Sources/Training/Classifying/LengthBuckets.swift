import Tensors

/// Batches of pieces about as long as each other, so that little of a batch is padding, in an order
/// that looks random: pieces are shuffled, sorted by length within stretches of twenty batches, and
/// the batches shuffled.
///
/// An epoch's batches depend on the seed and the epoch only.
package struct LengthBuckets: Sendable {
    private let lengths: [Int]
    private let size: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - lengths: of each piece.
    ///   - size: pieces in a batch; the last may have fewer.
    package init(lengths: [Int], size: Int, seed: UInt64) {
        self.lengths = lengths
        self.size = size
        self.seed = seed
    }

    /// How many batches an epoch has.
    package var count: Int { (lengths.count + size - 1) / size }

    /// Every piece once, in batches.
    package func batches(ofEpoch epoch: Int) -> [[Int]] {
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
        let shuffled = lengths.indices.shuffled(using: &generator)
        let sorted = Self.cut(shuffled, into: 20 * size).flatMap { stretch in
            stretch.sorted { (lengths[$0], $0) > (lengths[$1], $1) }
        }
        return Self.cut(sorted, into: size).shuffled(using: &generator)
    }

    /// Every piece once, the longest first.
    package static func byLength(_ lengths: [Int], size: Int) -> [[Int]] {
        cut(lengths.indices.sorted { (lengths[$0], $1) > (lengths[$1], $0) }, into: size)
    }

    private static func cut(_ pieces: [Int], into size: Int) -> [[Int]] {
        stride(from: 0, to: pieces.count, by: size).map {
            Array(pieces[$0..<min($0 + size, pieces.count)])
        }
    }
}
