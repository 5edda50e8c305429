/// What decoding had to assume or ignore. Empty for a text that `encode` wrote, except for notes whose
/// release lies beyond the rule's look-ahead.
package struct DecodingReport: Hashable, Sendable {
    /// How often each kind of repair was made, none of them zero.
    package private(set) var counts: [TextRepair: Int] = [:]

    package init() {}

    /// How often this was done.
    package subscript(_ repair: TextRepair) -> Int { counts[repair] ?? 0 }

    package mutating func add(_ repair: TextRepair, times: Int = 1) {
        if times > 0 { counts[repair, default: 0] += times }
    }

    /// One sentence for each kind, by name, for people; empty when the text was whole.
    package var repairs: [String] {
        counts.sorted { $0.key.name < $1.key.name }.map { kind, count in
            "\(count) \(kind.noun)\(count == 1 ? "" : "s") \(kind.phrase)"
        }
    }
}
