/// Finds where a sequence has been before: the place whose past agrees longest with the present's.
///
/// Takes O(n) time for each item, n long.
package struct RepetitionFinder<Item: Equatable & Sendable>: Sendable {
    /// The place after an earlier one like the present.
    package struct Match: Hashable, Sendable {
        /// The index of the item that followed there.
        package var next: Int
        /// How many items up to there are the same as the latest ones.
        package var length: Int

        package init(next: Int, length: Int) {
            self.next = next
            self.length = length
        }
    }

    package private(set) var items: [Item] = []
    /// For each place, how many items up to it are the same as the latest ones.
    private var agreements: [Int32] = []
    /// The longest, of several the latest; nil where the latest item is new.
    package private(set) var match: Match?

    package init() {}

    package mutating func append(_ item: Item) {
        match = nil
        var longest: Int32 = 0
        items.append(item)
        agreements.append(0)
        for place in (0..<items.count - 1).reversed() {
            guard items[place] == item else {
                agreements[place] = 0
                continue
            }
            agreements[place] = 1 + (place > 0 ? agreements[place - 1] : 0)
            if agreements[place] > longest {
                longest = agreements[place]
                match = Match(next: place + 1, length: Int(longest))
            }
        }
    }

    package mutating func reset() {
        items.removeAll(keepingCapacity: true)
        agreements.removeAll(keepingCapacity: true)
        match = nil
    }
}
