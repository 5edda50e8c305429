import Score
import Similarity
import Testing

@Suite struct DuplicateGroupsTests {
    /// The bar of the project, on pieces that have chords and accompaniments in common.
    @Test func variationsOfPiecesAreFoundAndNothingElse() {
        let scores = (1...40).map { composed(seed: $0) }
        var variations: [(original: Int, kind: PieceVariation, print: Fingerprint)] = []
        for (place, score) in scores.enumerated() {
            for kind in PieceVariation.allCases {
                variations.append((place, kind, varied(score, kind, seed: UInt64(place))))
            }
        }
        let trial = DuplicatesTrial(
            originals: scores.map { Fingerprint(of: $0) }, works: Array(scores.indices),
            variations: variations)
        #expect(trial.precision >= 0.98, "\(trial.mixed)")
        #expect(trial.recall >= 0.98, "\(trial.recalls)")
        #expect(trial.largestGroup <= 6)
        #expect(trial.right + trial.missed == 40 * 15)
    }

    @Test func scalesAndBrokenChordsMakeNoGroup() {
        let scale = [0, 2, 4, 5, 7, 9, 11, 12, 11, 9, 7, 5, 4, 2]
        let arpeggio = [0, 4, 7, 12, 7, 4]
        let chromatic = Array(0..<12) + (0..<12).reversed()
        let exercises = [scale, arpeggio, chromatic].map { line in
            Fingerprint(
                of: Score(parts: [
                    Part(notes: (0..<400).map { note(60 + line[$0 % line.count], at: $0 * 120) })
                ]))
        }
        let pieces = (1...3).map { Fingerprint(of: composed(seed: $0)) }
        #expect(DuplicateGroups(exercises + pieces).groups.isEmpty)
    }

    /// Of a hundred copies, all of whose passages are commonplace, none is lost.
    @Test func manyCopiesAreOneGroup() {
        let score = composed(seed: 1)
        let copies = (0..<100).map { varied(score, .transposed, seed: $0) }
        let groups = DuplicateGroups(copies + [Fingerprint(of: composed(seed: 2))])
        #expect(groups.groups == [Array(0..<100)])
        #expect(groups.pairs.count == 99)
    }

    @Test func nothingGivesNoGroups() {
        #expect(DuplicateGroups([]).groups.isEmpty)
        #expect(DuplicateGroups([Fingerprint(of: Score(parts: []))]).representatives == [0])
    }
}
