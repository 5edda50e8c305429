/// A set of keys as the bits of a number, key 0 the lowest.
package struct PitchSet: Hashable, Sendable {
    private var bits: UInt128 = 0

    package init() {}

    package init(_ keys: some Sequence<Int>) {
        for key in keys { insert(key) }
    }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    var highest: Int? { bits == 0 ? nil : 127 - bits.leadingZeroBitCount }
    var lowest: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }

    /// - Parameter key: 0 ..< 128.
    mutating func insert(_ key: Int) { bits |= 1 << UInt128(key) }

    func contains(_ key: Int) -> Bool { bits >> UInt128(key) & 1 == 1 }

    /// The lowest member that is at least `bound`, 0…128.
    func lowest(from bound: Int) -> Int? {
        let rest = bound > 127 ? 0 : bits & (UInt128.max << UInt128(bound))
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }

    func inserting(_ key: Int) -> PitchSet {
        var more = self
        more.insert(key)
        return more
    }

    func removing(_ key: Int) -> PitchSet {
        var rest = self
        rest.bits &= ~(1 << UInt128(key))
        return rest
    }
}

extension PitchSet: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate var bits: UInt128

        package mutating func next() -> Int? {
            guard bits != 0 else { return nil }
            defer { bits &= bits - 1 }
            return bits.trailingZeroBitCount
        }
    }

    package func makeIterator() -> Iterator { Iterator(bits: bits) }
}
