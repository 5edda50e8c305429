/// A position or a length in ticks; how many make a quarter note is the score's `ticksPerQuarter`.
public struct Ticks: Hashable, Sendable, Comparable {
    public let count: Int

    public init(_ count: Int) { self.count = count }

    public static let zero = Ticks(0)
    public static func < (a: Ticks, b: Ticks) -> Bool { a.count < b.count }
    public static func + (a: Ticks, b: Ticks) -> Ticks { Ticks(a.count + b.count) }
    public static func - (a: Ticks, b: Ticks) -> Ticks { Ticks(a.count - b.count) }
}
