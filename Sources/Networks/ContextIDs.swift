/// The ids of several places' contexts, one place after the other.
package struct ContextIDs: Sendable {
    /// Those of all places.
    package private(set) var ids: [Int32] = []
    /// Where each place's ids begin, and at last how many there are; empty without places.
    package private(set) var starts: [Int] = []

    /// Takes memory ahead.
    package mutating func reserveCapacity(_ count: Int, places: Int) {
        ids.reserveCapacity(count)
        starts.reserveCapacity(places + 1)
    }

    /// Keeps the memory that it has.
    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }

    /// Appends a place; without a context it has no ids.
    mutating func append(_ context: (any StreamContext)?) {
        if starts.isEmpty { starts.append(0) }
        context?.appendIDs(to: &ids)
        starts.append(ids.count)
    }

    /// Those of a place; none where there are no places at all.
    subscript(place: Int) -> ArraySlice<Int32> {
        starts.isEmpty ? [] : ids[starts[place]..<starts[place + 1]]
    }
}
