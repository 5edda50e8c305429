/// Which key signature holds from which tick on; before the first, and where there is none, none is
/// known.
public struct KeyMap: Hashable, Sendable {
    public struct Change: Hashable, Sendable, ChangeInTime {
        public let tick: Ticks
        public let key: KeySignature

        public init(tick: Ticks, key: KeySignature) {
            precondition(tick >= .zero, "a key cannot lie before time zero")
            self.tick = tick
            self.key = key
        }
    }

    /// In order of tick, one a tick.
    public let changes: [Change]

    /// Sorts the changes; of several at one tick the last wins.
    public init(_ changes: [Change] = []) {
        self.changes = changes.inOrder()
    }

    /// The key that holds at `tick`; nil where none is known. Logarithmic in the number of changes.
    public func key(at tick: Ticks) -> KeySignature? {
        guard let first = changes.first, first.tick <= tick else { return nil }
        return changes[changes.index(ofLastWhere: { $0.tick <= tick })].key
    }
}
