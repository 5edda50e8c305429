/// A set of pitch indices below 128, as bits: copying and counting touch no heap.
package struct PitchIndexSet: Hashable, Sendable, Sequence {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    package init() {}

    package var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }
    package var isEmpty: Bool { low | high == 0 }

    package func contains(_ index: Int) -> Bool {
        (index < 64 ? low >> UInt64(index) : high >> UInt64(index - 64)) & 1 == 1
    }

    mutating func insert(_ index: Int) {
        if index < 64 { low |= 1 << UInt64(index) } else { high |= 1 << UInt64(index - 64) }
    }

    mutating func remove(_ index: Int) {
        if index < 64 { low &= ~(1 << UInt64(index)) } else { high &= ~(1 << UInt64(index - 64)) }
    }

    /// The members, ascending.
    package struct Iterator: IteratorProtocol {
        fileprivate var low: UInt64
        fileprivate var high: UInt64

        package mutating func next() -> Int? {
            if low != 0 {
                defer { low &= low - 1 }
                return low.trailingZeroBitCount
            }
            guard high != 0 else { return nil }
            defer { high &= high - 1 }
            return 64 + high.trailingZeroBitCount
        }
    }

    package func makeIterator() -> Iterator { Iterator(low: low, high: high) }
}
