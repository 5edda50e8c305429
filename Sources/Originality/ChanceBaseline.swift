/// What pieces by people have in common with an index that they are not in, nor their duplicates: the
/// length of the longest run of each. Without it no length means anything.
package struct ChanceBaseline: Hashable, Sendable {
    /// Of each piece the longest exact run, 0 where there is none, in ascending order.
    package let exact: [Int]
    /// Likewise with small changes.
    package let near: [Int]

    /// - Parameter runs: of each piece the longest of either kind, at least one piece.
    package init(_ runs: [(exact: Int, near: Int)]) {
        precondition(!runs.isEmpty, "a baseline is of some pieces")
        exact = runs.map(\.exact).sorted()
        near = runs.map(\.near).sorted()
    }

    /// The longest runs of one piece.
    ///
    /// - Parameter excluded: the piece itself and its duplicates, where they are in the index.
    package static func runs(
        of sequence: ChordSequence, in table: PassageTable, excluding excluded: Set<Int>
    ) -> (exact: Int, near: Int) {
        let search = RunSearch(sequence, in: table, excluding: excluded)
        return (
            search.exactRuns(atMost: 1).first?.length ?? 0,
            search.nearRuns(atMost: 1).first?.length ?? 0
        )
    }

    package var pieces: Int { exact.count }

    /// The length that a share of the pieces stays within.
    ///
    /// - Parameter share: 0…1; 1 is all of them.
    package static func length(_ share: Double, of lengths: [Int]) -> Int {
        let place = Int((Double(lengths.count) * share).rounded(.up)) - 1
        return lengths[max(0, min(lengths.count - 1, place))]
    }
}
