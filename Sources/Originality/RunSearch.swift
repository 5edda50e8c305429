/// Finds what a piece shares with the pieces of an index.
package struct RunSearch: Sendable {
    private let sequence: ChordSequence
    private let query: [UInt16]
    private let table: PassageTable
    private let fragments: [Fragment]

    /// Shorter runs are not worth a look.
    package static let leastLength = 10
    /// Prints that a run has at least, lest different music that has the same hashes count as one:
    /// among a million chords this happens once in a thousand pieces or less.
    private static let leastExactPrints = 3
    private static let leastNearPrints = 5

    /// - Parameter excluded: pieces of the index that do not count, as the piece itself.
    package init(
        _ sequence: ChordSequence, in table: PassageTable, excluding excluded: Set<Int> = []
    ) {
        self.sequence = sequence
        self.table = table
        query = PassagePrint.all(of: sequence.chords).map(\.bits)
        fragments =
            FragmentSearch(of: sequence, query, in: table, excluding: excluded).fragments
    }

    /// The longest runs that are a source's note for note, in one key and one proportion of tempos: the
    /// longest first, each place of the piece once.
    package func exactRuns(atMost count: Int) -> [SharedRun] { longest(count, of: stretches) }

    /// The longest runs that are a source's but for small changes of notes, and of any rhythm; exact
    /// ones among them.
    package func nearRuns(atMost count: Int) -> [SharedRun] {
        var known: Set<Fragment> = []
        var chains: [[Fragment]] = []
        let longestFirst = fragments.sorted { $0.query.count > $1.query.count }
        for fragment in longestFirst where !known.contains(fragment) {
            let chain = FragmentChain(around: fragment, of: sequence, query, in: table).fragments
            known.formUnion(chain)
            if chain.reduce(0, { $0 + $1.query.count }) >= Self.leastNearPrints {
                chains.append(chain)
            }
        }
        return longest(count, of: chains + stretches)
    }

    /// The fragments' stretches in the source's rhythm.
    private var stretches: [[Fragment]] {
        fragments.flatMap { $0.inRhythm(query, table.prints) }
            .filter { $0.query.count >= Self.leastExactPrints }.map { [$0] }
    }

    private func longest(_ count: Int, of chains: [[Fragment]]) -> [SharedRun] {
        let runs = chains.map { SharedRun($0, of: sequence, query, in: table) }
            .filter { $0.length >= Self.leastLength }
            .sorted {
                ($1.length, $1.notes, $0.chords.lowerBound, $0.source)
                    < ($0.length, $0.notes, $1.chords.lowerBound, $1.source)
            }
        var chosen: [SharedRun] = []
        for run in runs where chosen.count < count {
            let isNew = chosen.allSatisfy {
                2 * $0.chords.clamped(to: run.chords).count < run.chords.count
            }
            if isNew { chosen.append(run) }
        }
        return chosen
    }
}
