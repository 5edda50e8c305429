/// The ids of several places' contexts, one place after the other.
struct ContextIDs: Sendable {
    private var ids: [Int32] = []
    private var ends: [Int] = []

    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Appends a place; without a context it has no ids.
    mutating func append(_ context: (any StreamContext)?) {
        context?.appendIDs(to: &ids)
        ends.append(ids.count)
    }

    subscript(place: Int) -> ArraySlice<Int32> {
        ids[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
    }
}
