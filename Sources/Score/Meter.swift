/// A time signature.
public struct Meter: Hashable, Sendable, LosslessStringConvertible {
    /// Beats in a bar, 1…255.
    public let numerator: Int
    /// The note value of a beat: 1, 2, 4, 8, 16, 32 or 64.
    public let denominator: Int

    /// Returns nil when either number is none that a score can have.
    public init?(_ numerator: Int, _ denominator: Int) {
        guard (1...255).contains(numerator), [1, 2, 4, 8, 16, 32, 64].contains(denominator) else {
            return nil
        }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ description: String) {
        let numbers = description.split(separator: "/", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard numbers.count == 2, let numerator = numbers[0], let denominator = numbers[1] else {
            return nil
        }
        self.init(numerator, denominator)
        if self.description != description { return nil }
    }

    private init(numerator: Int, denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// 4/4
    public static let common = Meter(numerator: 4, denominator: 4)

    /// As scores have it, such as "3/4".
    public var description: String { "\(numerator)/\(denominator)" }

    /// Length of a bar, at least one tick; rounded down where it is no whole number of ticks.
    public func barLength(ticksPerQuarter: Int) -> Ticks {
        Ticks(max(1, numerator * 4 * ticksPerQuarter / denominator))
    }
}
