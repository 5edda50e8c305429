/// A position or a length in ticks; how many make a quarter note is the score's `ticksPerQuarter`.
public struct Ticks: Hashable, Sendable, Comparable {
    public let count: Int

    @inlinable public init(_ count: Int) { self.count = count }

    @inlinable public static var zero: Ticks { Ticks(0) }
    @inlinable public static func < (a: Ticks, b: Ticks) -> Bool { a.count < b.count }
    @inlinable public static func + (a: Ticks, b: Ticks) -> Ticks { Ticks(a.count + b.count) }
    @inlinable public static func - (a: Ticks, b: Ticks) -> Ticks { Ticks(a.count - b.count) }
}
