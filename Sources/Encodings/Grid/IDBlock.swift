/// Deals a context's ids to one feature after the other.
struct IDBlock {
    private var first: Int

    /// - Parameter first: how many ids are dealt already.
    init(first: Int = 0) { self.first = first }

    mutating func skip(_ count: Int) { first += count }

    /// The id of each value, 0 ..< `count`.
    mutating func append(_ values: some Sequence<Int>, to ids: inout [Int32], of count: Int) {
        for value in values { ids.append(Int32(first + value)) }
        first += count
    }

    /// The id of one value, −1 ..< `count`; nothing for −1, which is none.
    mutating func appendIfAny(_ value: Int, to ids: inout [Int32], of count: Int) {
        if value >= 0 { ids.append(Int32(first + value)) }
        first += count
    }

    /// The id of one value, −1 ..< `count`, where −1 is none and has an id as well.
    mutating func append(_ value: Int, to ids: inout [Int32], of count: Int) {
        ids.append(Int32(first + value + 1))
        first += count + 1
    }
}
