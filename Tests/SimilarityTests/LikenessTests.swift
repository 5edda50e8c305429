import Score
import Similarity
import Testing

@Suite struct LikenessTests {
    @Test(arguments: PieceVariation.allCases, [UInt64(1), 2, 3])
    func aVariationIsTheSamePiece(kind: PieceVariation, seed: UInt64) {
        let score = composed(seed: seed)
        let likeness = Likeness(Fingerprint(of: score), varied(score, kind, seed: seed))
        #expect(likeness.isDuplicate, "\(likeness)")
    }

    @Test func otherPiecesAreNotTheSame() {
        let prints = (1...8).map { Fingerprint(of: composed(seed: $0)) }
        for first in prints.indices {
            for second in prints.indices.dropFirst(first + 1) {
                let likeness = Likeness(prints[first], prints[second])
                #expect(!likeness.isDuplicate, "\(first) and \(second): \(likeness)")
            }
        }
    }

    @Test func theVerdictTellsKeyTempoAndPassage() {
        let score = composed(seed: 1)
        // The last three of four phrases, three semitones higher and slower.
        let start = 480 * 32
        let parts = score.parts.map { part in
            Part(
                notes: part.notes.filter { $0.onset.count >= start }.map {
                    note($0.pitch.number + 3, at: $0.onset.count - start, lasting: 200)
                })
        }
        let tempo = TempoMap([.init(tick: .zero, microsecondsPerQuarter: 750_000)])
        let rest = Fingerprint(of: Score(tempoMap: tempo, parts: parts))
        let likeness = Likeness(Fingerprint(of: score), rest)
        #expect(likeness.transposition == 3)
        #expect(abs(likeness.tempoRatio - 1.5) < 0.02)
        #expect(likeness.secondShare > 0.98)
        #expect((0.7...0.8).contains(likeness.firstShare))
        #expect("\(likeness)".contains("3 semitones higher, 1.50 times as long"), "\(likeness)")
    }

    @Test func nothingIsLikeSilence() {
        let empty = Fingerprint(of: Score(parts: []))
        #expect(!Likeness(empty, empty).isDuplicate)
        #expect(!Likeness(empty, Fingerprint(of: composed(seed: 1))).isDuplicate)
    }
}
