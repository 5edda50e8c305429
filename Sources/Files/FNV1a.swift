/// A hash to tell contents apart, not to protect them: the same on every machine and in every run.
///
/// FNV-1a (Fowler, Noll and Vo) with 64 bits, fed words instead of bytes: each is folded in at once.
package struct FNV1a: Hashable, Sendable {
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package mutating func combine(_ word: UInt64) {
        value = (value ^ word) &* 0x100_0000_01b3
    }

    /// Sixteen hexadecimal digits.
    package var digits: String { value.hexadecimalDigits }
}

extension UInt64 {
    /// All sixteen, with zeros before.
    package var hexadecimalDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
