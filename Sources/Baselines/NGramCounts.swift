/// The counts of all n-grams of one length, grouped by context.
///
/// The tokens seen after context `c` and their counts are `tokens[starts[c]..<starts[c + 1]]` and
/// the same range of `counts`, by ascending token. 6 bytes for a distinct n-gram and at most 36 for
/// a context.
struct NGramCounts: Sendable {
    private(set) var tokens: [UInt16] = []
    private(set) var counts: [UInt32] = []
    private(set) var contexts: [UInt64] = []
    private(set) var starts: [UInt32] = []
    private let slots: ContextSlots
    private let packing: TokenPacking

    /// Counts equal n-grams. Sorts: O(m log m) for m n-grams.
    init(nGrams: consuming [UInt64], packing: TokenPacking) {
        precondition(nGrams.count < UInt32.max, "a corpus has fewer than 2³² tokens")
        var sorted = nGrams
        sorted.sort()
        self.packing = packing
        var previous: UInt64?
        for nGram in sorted {
            if nGram == previous {
                counts[counts.count - 1] += 1
                continue
            }
            let context = nGram >> packing.bitsPerToken
            if contexts.last != context {
                contexts.append(context)
                starts.append(UInt32(tokens.count))
            }
            tokens.append(UInt16(truncatingIfNeeded: packing.suffix(nGram, count: 1)))
            counts.append(1)
            previous = nGram
        }
        starts.append(UInt32(tokens.count))
        slots = ContextSlots(contexts)
    }

    /// How many different n-grams there are.
    var distinctCount: Int { tokens.count }

    /// The index of a packed context; nil when nothing was seen after it. Expected O(1).
    func index(ofContext context: UInt64) -> Int? {
        slots.index(of: context, in: contexts)
    }

    /// Where a context's tokens stand in `tokens` and `counts`.
    func range(ofContext index: Int) -> Range<Int> {
        Int(starts[index])..<Int(starts[index + 1])
    }

    /// How often `token` was seen after a context. O(log V).
    func count(of token: Int, inContext index: Int) -> Int {
        var range = range(ofContext: index)
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if tokens[middle] == token { return Int(counts[middle]) }
            range =
                tokens[middle] < token
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return 0
    }

    /// Calls `body` with each different n-gram, packed, in ascending order.
    func forEachNGram(_ body: (UInt64) -> Void) {
        for (index, context) in contexts.enumerated() {
            for position in range(ofContext: index) {
                body(packing.appending(Int(tokens[position]), to: context))
            }
        }
    }
}

/// An open-addressing table from contexts to their indices: linear probing, at most half full.
private struct ContextSlots: Sendable {
    private static let empty = UInt32.max
    private var slots: [UInt32]
    private let shift: Int

    init(_ contexts: [UInt64]) {
        let bits = max(1, Int.bitWidth - (2 * contexts.count).leadingZeroBitCount)
        slots = [UInt32](repeating: Self.empty, count: 1 << bits)
        shift = UInt64.bitWidth - bits
        for (index, context) in contexts.enumerated() {
            var slot = home(of: context)
            while slots[slot] != Self.empty { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index)
        }
    }

    func index(of context: UInt64, in contexts: [UInt64]) -> Int? {
        var slot = home(of: context)
        while slots[slot] != Self.empty {
            let index = Int(slots[slot])
            if contexts[index] == context { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
    private func home(of context: UInt64) -> Int {
        Int(truncatingIfNeeded: ((context ^ (context >> 32)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }
}
