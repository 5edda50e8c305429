/// Something that holds from a tick on.
protocol ChangeInTime {
    var tick: Ticks { get }
}

extension Array where Element: ChangeInTime {
    /// The changes in order of tick, one a tick: of several at one, the last. Linear where they are in
    /// order already.
    func inOrder() -> [Element] {
        if isInOrder { return self }
        var ordered: [Element] = []
        ordered.reserveCapacity(count)
        // Sorting is stable: what comes last of one tick still does.
        for change in sorted(by: { $0.tick < $1.tick }) {
            if ordered.last?.tick == change.tick { ordered.removeLast() }
            ordered.append(change)
        }
        return ordered
    }

    /// The same, beginning with `standard` unless there is one at tick 0.
    func inOrder(after standard: Element) -> [Element] {
        let ordered = inOrder()
        return ordered.first?.tick == .zero ? ordered : [standard] + ordered
    }

    private var isInOrder: Bool {
        var index = 1
        while index < count {
            if self[index].tick <= self[index - 1].tick { return false }
            index += 1
        }
        return true
    }
}
