import Encodings
import Library

/// Which names of composers, periods and styles a network learns to be told.
struct StylePlan: Hashable, Sendable {
    /// The fewest pieces that make a composer, a period or a style one.
    let minimum: Int
    /// For each period its composers, by their surnames in one plain word.
    let periods: [String: [String]]

    /// - Parameter periods: for each period its composers' surnames, as people write them.
    init(minimum: Int, periods: [String: [String]]) {
        self.minimum = minimum
        self.periods = periods.mapValues { $0.compactMap(Piece.composerWord(of:)) }
    }

    /// The names of a piece's manner, the narrowest first: its composer, the composer's periods, its styles.
    func names(for labels: PieceLabels) -> [String] {
        let composers = labels.composer.map { [$0] } ?? []
        let periods = periods.filter { !$1.filter(composers.contains).isEmpty }.keys.sorted()
        return composers + periods + labels.styles
    }

    /// The names that enough of the pieces have, and how many have each; in the order of the alphabet.
    func known(in corpus: Corpus) -> [(name: String, pieces: Int)] {
        var counts: [String: Int] = [:]
        for piece in corpus.pieces {
            for name in Set(names(for: piece.labels)) { counts[name, default: 0] += 1 }
        }
        return counts.filter { $0.value >= minimum }.sorted { $0.key < $1.key }
            .map { (name: $0.key, pieces: $0.value) }
    }
}

extension Corpus {
    /// The same pieces, whose encoding can be told `names`, each piece with those that it has.
    func styled(by plan: StylePlan, names: [String]) -> Corpus {
        Corpus(
            encoding: StyledEncoding(encoding, styles: names),
            pieces: pieces.map { piece in
                var piece = piece
                piece.styles = plan.names(for: piece.labels).filter(names.contains)
                return piece
            })
    }
}
