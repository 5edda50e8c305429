/// A setting of a run that is outside its range, under the name that recipes give it.
package struct InvalidSetting: Error, Hashable, CustomStringConvertible {
    package let name: String
    package let value: String
    /// What would do, after “must be”.
    package let legal: String

    package init(_ name: String, _ value: some CustomStringConvertible, legal: String) {
        self.name = name
        self.value = "\(value)"
        self.legal = legal
    }

    package var description: String { "\(name) is \(value), but must be \(legal)" }
}

extension InvalidSetting {
    /// Throws unless 0 ≤ `value` < 1.
    package static func checkShare<Value: BinaryFloatingPoint & CustomStringConvertible>(
        _ name: String, _ value: Value
    ) throws(InvalidSetting) {
        guard (0..<1).contains(value) else {
            throw InvalidSetting(name, value, legal: "at least 0 and below 1")
        }
    }

    /// Throws unless `value` is a number above 0.
    package static func checkPositive<Value: BinaryFloatingPoint & CustomStringConvertible>(
        _ name: String, _ value: Value
    ) throws(InvalidSetting) {
        guard value > 0, value.isFinite else {
            throw InvalidSetting(name, value, legal: "a number above 0")
        }
    }

    /// Throws unless `value` is a number of at least 0.
    package static func checkNotNegative<Value: BinaryFloatingPoint & CustomStringConvertible>(
        _ name: String, _ value: Value
    ) throws(InvalidSetting) {
        guard value >= 0, value.isFinite else {
            throw InvalidSetting(name, value, legal: "a number of at least 0")
        }
    }

    /// Throws unless `value` is in `range`.
    package static func check(
        _ name: String, _ value: Int, in range: ClosedRange<Int>
    ) throws(InvalidSetting) {
        guard range.contains(value) else {
            let legal =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "\(range.lowerBound)…\(range.upperBound)"
            throw InvalidSetting(name, value, legal: legal)
        }
    }
}
