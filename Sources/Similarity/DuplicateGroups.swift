/// Which of many pieces are the same music: in another key, tempo, edition or performance, cut or
/// ornamented.
///
/// An index of short passages tells which pairs may be alike; these are compared note by note, each
/// only where they do not belong together already. So the time grows with the pieces, not with their
/// pairs. The result depends on the fingerprints and their order only.
package struct DuplicateGroups: Sendable {
    /// Two pieces that were found to be the same, `first` < `second`.
    package struct Pair: Hashable, Sendable {
        package let first, second: Int
        package let likeness: Likeness
    }

    /// For each piece the smallest index of its group.
    package let representatives: [Int]
    /// The pairs that make the groups; of a group of n pieces n − 1.
    package let pairs: [Pair]

    /// Groups of two or more pieces, each in order, in the order of their first.
    package var groups: [[Int]] {
        var members: [Int: [Int]] = [:]
        for (piece, group) in representatives.enumerated() {
            members[group, default: []].append(piece)
        }
        return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }

    package init(_ prints: [Fingerprint]) {
        let outlines = prints.map { Outline($0) }
        var parents = Array(prints.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index { index = parents[index] }
            return index
        }
        var pairs: [Pair] = []
        for candidate in LandmarkIndex(prints).candidates() {
            let (a, b) = (root(candidate.first), root(candidate.second))
            guard a != b else { continue }
            let likeness = Likeness(
                outlines[candidate.first], outlines[candidate.second],
                transposition: candidate.transposition)
            guard likeness.isDuplicate else { continue }
            parents[max(a, b)] = min(a, b)
            pairs.append(
                Pair(first: candidate.first, second: candidate.second, likeness: likeness))
        }
        self.pairs = pairs
        representatives = prints.indices.map(root)
    }
}
