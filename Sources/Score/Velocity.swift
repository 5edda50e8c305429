/// How hard a key is struck, 1…127 (a MIDI velocity of 0 is a release, so it cannot exist here).
public struct Velocity: Hashable, Sendable, Comparable {
    // A byte, so that notes stay small.
    @usableFromInline let byte: UInt8

    /// The MIDI velocity, 1…127.
    @inlinable public var value: Int { Int(byte) }

    /// Returns nil when `value` is outside 1…127.
    @inlinable
    public init?(_ value: Int) {
        guard (1...127).contains(value) else { return nil }
        byte = UInt8(truncatingIfNeeded: value)
    }

    /// - Parameter byte: 1…127.
    @inlinable
    package init(byte: UInt8) {
        precondition((1...127).contains(byte), "a velocity is 1…127")
        self.byte = byte
    }

    /// 80, between mezzo-forte and forte.
    public static let mezzoForte = Velocity(byte: 80)

    @inlinable public static func < (a: Velocity, b: Velocity) -> Bool { a.byte < b.byte }
}
