/// How hard a key is struck, 1…127 (a MIDI velocity of 0 is a release, so it cannot exist here).
public struct Velocity: Hashable, Sendable, Comparable {
    /// The MIDI velocity, 1…127.
    public let value: Int

    /// Returns nil when `value` is outside 1…127.
    public init?(_ value: Int) {
        guard (1...127).contains(value) else { return nil }
        self.value = value
    }

    private init(unchecked value: Int) { self.value = value }

    /// 80, between mezzo-forte and forte.
    public static let mezzoForte = Velocity(unchecked: 80)

    public static func < (a: Velocity, b: Velocity) -> Bool { a.value < b.value }
}
