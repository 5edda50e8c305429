/// A number outside its range.
public struct OutOfRange: Error, Hashable, CustomStringConvertible {
    /// The number's flag on the command line.
    public let flag: String
    /// What it may be.
    public let legal: String
    public let found: String

    public var description: String { "\(flag) must be \(legal), not \(found)" }

    /// Passes a number that is in its range.
    static func check(
        _ number: Int, of flag: String, in range: ClosedRange<Int>
    ) throws(OutOfRange) {
        guard range.contains(number) else {
            throw OutOfRange(
                flag: flag,
                legal: "a whole number from \(range.lowerBound) to \(range.upperBound)",
                found: "\(number)")
        }
    }
}
