import Similarity

extension Corpus {
    /// A number for each piece's path: the same for pieces that count as the same music.
    var duplicateGroups: [String: Int] {
        let groups = DuplicateGroups(pieces.map(\.fingerprint)).representatives
        return Dictionary(
            zip(pieces.map(\.path), groups), uniquingKeysWith: { first, _ in first })
    }
}

/// A collection divided into pieces to train on and pieces to validate on, by piece and before any
/// transposition; groups of duplicates stay on one side.
///
/// The side depends on the content of the group's first piece only, not on its path or on what else
/// is in the collection: adding pieces moves no other.
package struct CorpusSplit: Sendable {
    package let training: Corpus
    package let validation: Corpus
    /// Groups of two or more pieces that count as the same music.
    package let duplicateGroups: Int

    /// - Parameter validationShare: 0 ≤ share < 1, of the pieces' groups.
    package init(_ corpus: Corpus, validationShare: Double) {
        let groups = DuplicateGroups(corpus.pieces.map(\.fingerprint)).representatives
        var sizes: [Int: Int] = [:]
        for group in groups { sizes[group, default: 0] += 1 }
        duplicateGroups = sizes.values.count { $0 > 1 }
        var isValidation = corpus.pieces.indices.map { index in
            corpus.pieces[groups[index]].content.lot < validationShare
        }
        if validationShare > 0, sizes.count > 1 {
            // A small collection should still have a piece on each side.
            let lots = sizes.keys.sorted {
                corpus.pieces[$0].content.lot < corpus.pieces[$1].content.lot
            }
            if let first = lots.first, let last = lots.last, first != last {
                for index in groups.indices where groups[index] == first {
                    isValidation[index] = true
                }
                for index in groups.indices where groups[index] == last {
                    isValidation[index] = false
                }
            }
        }
        func side(_ wanted: Bool) -> Corpus {
            Corpus(
                encoding: corpus.encoding,
                pieces: zip(corpus.pieces, isValidation).filter { $1 == wanted }.map(\.0))
        }
        training = side(false)
        validation = side(true)
    }

    private init(training: Corpus, validation: Corpus, duplicateGroups: Int) {
        self.training = training
        self.validation = validation
        self.duplicateGroups = duplicateGroups
    }

    /// The same sides, whose encoding can be told `names`.
    func styled(by plan: StylePlan, names: [String]) -> CorpusSplit {
        CorpusSplit(
            training: training.styled(by: plan, names: names),
            validation: validation.styled(by: plan, names: names),
            duplicateGroups: duplicateGroups)
    }
}
