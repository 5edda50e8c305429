import Score

/// How well the same pieces are found among others: variations of some pieces are mixed with all, and
/// every pair that ends in one group, or should, is counted.
package struct DuplicatesTrial: Sendable {
    /// Of each way to vary a piece how many pieces were found to be the same as their original.
    package struct Recall: Hashable, Sendable {
        package let variation: PieceVariation
        package let found, all: Int
    }

    package let recalls: [Recall]
    /// Pairs of pieces in one group: rightly, wrongly, and not though they should be.
    package private(set) var right = 0
    package private(set) var wrong = 0
    package private(set) var missed = 0
    /// How many pieces the largest group has.
    package let largestGroup: Int
    /// Groups with different works in them: the places of their originals.
    package let mixed: [[Int]]

    package var precision: Double { right + wrong > 0 ? Double(right) / Double(right + wrong) : 1 }
    package var recall: Double { right + missed > 0 ? Double(right) / Double(right + missed) : 1 }

    /// - Parameters:
    ///   - originals: pieces, of which those in one group (`works`) count as the same.
    ///   - works: for each original the number of its work.
    ///   - variations: variations of originals, each with the place of its original.
    package init(
        originals: [Fingerprint], works: [Int],
        variations: [(original: Int, kind: PieceVariation, print: Fingerprint)]
    ) {
        precondition(originals.count == works.count, "every original is of a work")
        let truth = works + variations.map { works[$0.original] }
        let found = DuplicateGroups(originals + variations.map(\.print)).representatives
        let rows = variations.enumerated().map { offset, variation in
            (variation, found[originals.count + offset] == found[variation.original])
        }
        recalls = PieceVariation.allCases.map { kind in
            let own = rows.filter { $0.0.kind == kind }
            return Recall(variation: kind, found: own.count { $0.1 }, all: own.count)
        }
        // Pairs by group and work: n of one kind make n (n − 1) / 2.
        func pairs(_ numbers: some Sequence<some Hashable>) -> Int {
            var sizes: [AnyHashable: Int] = [:]
            for number in numbers { sizes[AnyHashable(number), default: 0] += 1 }
            return sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        }
        right = pairs(zip(found, truth).map { [$0, $1] })
        wrong = pairs(found) - right
        missed = pairs(truth) - right
        var members: [Int: [Int]] = [:]
        for (place, group) in found.enumerated() { members[group, default: []].append(place) }
        largestGroup = members.values.map(\.count).max() ?? 0
        mixed = members.values.compactMap { group in
            guard Set(group.map { truth[$0] }).count > 1 else { return nil }
            return Set(
                group.map { $0 < works.count ? $0 : variations[$0 - works.count].original }
            ).sorted()
        }.sorted { $0[0] < $1[0] }
    }
}
