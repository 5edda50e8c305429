/// A set of small numbers, 0…255, such as pitch indices and cells, as bits: copying and counting
/// touch no heap.
package struct PitchIndexSet: Hashable, Sendable, Sequence {
    private var low: UInt128 = 0
    private var high: UInt128 = 0

    package init() {}

    package var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }
    package var isEmpty: Bool { low | high == 0 }

    package func contains(_ index: Int) -> Bool {
        (index < 128 ? low >> UInt128(index) : high >> UInt128(index - 128)) & 1 == 1
    }

    mutating func insert(_ index: Int) {
        if index < 128 { low |= 1 << UInt128(index) } else { high |= 1 << UInt128(index - 128) }
    }

    mutating func remove(_ index: Int) {
        if index < 128 {
            low &= ~(1 << UInt128(index))
        } else {
            high &= ~(1 << UInt128(index - 128))
        }
    }

    mutating func formUnion(_ other: PitchIndexSet) {
        low |= other.low
        high |= other.high
    }

    /// The members, ascending.
    package struct Iterator: IteratorProtocol {
        fileprivate var low: UInt128
        fileprivate var high: UInt128

        package mutating func next() -> Int? {
            if low != 0 {
                defer { low &= low - 1 }
                return low.trailingZeroBitCount
            }
            guard high != 0 else { return nil }
            defer { high &= high - 1 }
            return 128 + high.trailingZeroBitCount
        }
    }

    package func makeIterator() -> Iterator { Iterator(low: low, high: high) }
}
