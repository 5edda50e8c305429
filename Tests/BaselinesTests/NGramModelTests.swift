import Foundation
import Testing

import Baselines

/// In the examples the vocabulary is <start> = 0, <end> = 1, a = 2, b = 3.
@Suite struct NGramModelTests {
    private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

    /// a b a <end>: a twice, b and <end> once, so N = 4 and T = 3, and the uniform p is 1/3.
    @Test func wittenBellAgreesWithHandComputation() {
        let model = NGramModel(
            order: 2, smoothing: .wittenBell, vocabularySize: 4, sequences: [[0, 2, 3, 2, 1]])
        // No context seen (after <end>): the unigram level, (c + T·1/3) / (N + T).
        #expect(isClose(model.probability(of: 2, after: [1]), 3.0 / 7))
        #expect(isClose(model.probability(of: 3, after: [1]), 2.0 / 7))
        // After a: b and <end> once each, so N = T = 2.
        #expect(isClose(model.probability(of: 3, after: [2]), (1 + 2 * 2.0 / 7) / 4))
        #expect(isClose(model.probability(of: 2, after: [2]), (2 * 3.0 / 7) / 4))
        // After <start>: a once.
        #expect(isClose(model.probability(of: 2, after: [0]), (1 + 3.0 / 7) / 2))
    }

    /// a b a b <end>. Bigrams: <start>a, ab (twice), ba, b<end>: n1 = 3, n2 = 1, D = 3/5.
    /// Tokens before: a has <start> and b, b has a, <end> has b: n1 = 2, n2 = 1, D = 1/2.
    @Test func kneserNeyAgreesWithHandComputation() {
        let model = NGramModel(
            order: 2, smoothing: .kneserNey, vocabularySize: 4, sequences: [[0, 2, 3, 2, 3, 1]])
        #expect(isClose(model.probability(of: 2, after: [1]), 1.5 / 4 + 1.5 / 4 / 3))
        #expect(isClose(model.probability(of: 3, after: [1]), 0.5 / 4 + 1.5 / 4 / 3))
        #expect(isClose(model.probability(of: 3, after: [2]), 1.4 / 2 + 0.6 / 2 * 0.25))
        #expect(isClose(model.probability(of: 2, after: [3]), 0.4 / 2 + 1.2 / 2 * 0.5))
        #expect(isClose(model.probability(of: 3, after: [3]), 1.2 / 2 * 0.25))
    }

    /// All at once and one by one are the same, whatever of the context was seen, and sum to 1.
    @Test(arguments: NGramModel.Smoothing.allCases)
    func allProbabilitiesAtOnceAreThoseOfEachToken(smoothing: NGramModel.Smoothing) {
        let model = NGramModel(
            order: 3, smoothing: smoothing, vocabularySize: 4,
            sequences: [[0, 2, 3, 2, 3, 1], [0, 3, 3, 2, 1]])
        for context in [
            [], [0], [2], [0, 2], [2, 3], [1, 1], [3, 2, 3], [2, 3, 0], [2, 0, 3],
        ] {
            let all = model.probabilities(after: context)
            #expect(isClose(all.reduce(0, +), 1))
            for token in 0..<4 {
                #expect(isClose(all[token], model.probability(of: token, after: context)))
            }
        }
    }

    /// a b <end>, a b <end>: at order 3 the bigram <start>a begins a piece twice and keeps its count
    /// 2, while ab and b<end>, each with one token before them, count 1.
    @Test func nGramsThatBeginAPieceKeepTheirPlainCounts() {
        let model = NGramModel(
            order: 3, smoothing: .kneserNey, vocabularySize: 4,
            sequences: [[0, 2, 3, 1], [0, 2, 3, 1]])
        // Level 1: one token before each of a, b, <end>: n1 = 3, n2 = 0, D = 1: all is uniform.
        // Level 2: n1 = 2, n2 = 1: D = 1/2. After <start>, a: (2 − 1/2)/2.
        #expect(isClose(model.probability(of: 2, after: [0]), 1.5 / 2 + 0.5 / 2 / 3))
    }

    /// Chen and Goodman's formulas for n1…n4 = 100, 40, 20, 10: Y = 100/180.
    @Test func threeDiscountsComeFromCountsOfCounts() {
        let discounts = Discounts(countsOfCounts: [100, 40, 20, 10])
        let y = 100.0 / 180
        #expect(isClose(discounts[1], 1 - 2 * y * 40 / 100))
        #expect(isClose(discounts[2], 2 - 3 * y * 20 / 40))
        #expect(isClose(discounts[3], 3 - 4 * y * 10 / 20))
        #expect(discounts[77] == discounts[3])
        #expect(discounts[0] == 0)
    }

    @Test(
        arguments: [
            ([3, 1, 0, 0], 0.6), ([5, 0, 0, 0], 1), ([0, 4, 2, 1], 0.5), ([0, 0, 0, 0], 0.5),
            ([10, 10, 30, 10], 1.0 / 3),  // the formula's discount for the count 2 is below 0
        ] as [([Int], Double)])
    func oneDiscountServesWhereThreeCannotBeEstimated(countsOfCounts: [Int], expected: Double) {
        let discounts = Discounts(countsOfCounts: countsOfCounts)
        #expect(discounts == Discounts(one: expected, two: expected, more: expected))
    }

    @Test(arguments: NGramModel.Smoothing.allCases, 1...6)
    func probabilitiesSumToOneAfterAnyContext(smoothing: NGramModel.Smoothing, order: Int) {
        let vocabularySize = 40
        let sequences = randomSequences(
            count: 20, length: 200, vocabularySize: vocabularySize, seed: 1)
        let model = NGramModel(
            order: order, smoothing: smoothing, vocabularySize: vocabularySize, sequences: sequences
        )
        var generator = TestGenerator(seed: 2)
        var contexts: [[Int]] = [[], [0], [0, 2], [39], [39, 39, 39, 39, 39], [2, 39, 5]]
        for _ in 0..<20 {
            let sequence = sequences[Int.random(in: 0..<20, using: &generator)]
            contexts.append(Array(sequence.prefix(Int.random(in: 1...200, using: &generator))))
            contexts.append((0..<7).map { _ in Int.random(in: 1..<40, using: &generator) })
        }
        for context in contexts {
            let all = (0..<vocabularySize).map { model.probability(of: $0, after: context) }
            #expect(abs(all.reduce(0, +) - 1) < 1e-9, "after \(context.suffix(5))")
            #expect(all[0] == 0)
            #expect(all.dropFirst().allSatisfy { $0 > 0 })
        }
    }

    @Test(arguments: NGramModel.Smoothing.allCases)
    func likelihoodIsTheProductOfProbabilities(smoothing: NGramModel.Smoothing) {
        let sequences = randomSequences(count: 10, length: 50, vocabularySize: 20, seed: 3)
        let model = NGramModel(
            order: 4, smoothing: smoothing, vocabularySize: 20, sequences: Array(sequences[1...]))
        let piece = sequences[0]
        let byHand = piece.indices.dropFirst().reduce(0.0) {
            $0 - log(model.probability(of: piece[$1], after: Array(piece[..<$1])))
        }
        #expect(abs(model.negativeLogLikelihood(of: piece) - byHand) < 1e-9)
        #expect(abs(model.natsPerToken(of: [piece]) - byHand / 51) < 1e-9)
    }

    @Test func nothingBeforeAPieceIsContext() {
        let sequences = randomSequences(count: 5, length: 50, vocabularySize: 20, seed: 4)
        let model = NGramModel(
            order: 6, smoothing: .kneserNey, vocabularySize: 20, sequences: sequences)
        let apart =
            model.negativeLogLikelihood(of: sequences[0])
            + model.negativeLogLikelihood(of: sequences[1])
        let together = model.negativeLogLikelihood(of: sequences[0] + sequences[1])
        #expect(abs(apart - together) < 1e-9)
        let joined = NGramModel(
            order: 6, smoothing: .kneserNey, vocabularySize: 20,
            sequences: [Array(sequences.joined())])
        #expect(
            joined.negativeLogLikelihood(of: sequences[2])
                == model.negativeLogLikelihood(of: sequences[2]))
    }

    /// Order 1 of Witten–Bell by its formula; of Kneser–Ney by plain counts, whatever the context.
    @Test func orderOneIsTheSmoothedUnigram() {
        let sequences = randomSequences(count: 5, length: 100, vocabularySize: 20, seed: 5)
        let tokens = sequences.joined().filter { $0 != 0 }
        let types = Double(Set(tokens).count)
        let counts = (0..<20).map { id in tokens.count { $0 == id } }
        let discounts = Discounts(for: counts.map(UInt32.init))
        let total = Double(tokens.count)
        let taken = counts.reduce(0) { $0 + discounts[$1] }
        let wittenBell = NGramModel(
            order: 1, smoothing: .wittenBell, vocabularySize: 20, sequences: sequences)
        let kneserNey = NGramModel(
            order: 1, smoothing: .kneserNey, vocabularySize: 20, sequences: sequences)
        for id in 1..<20 {
            let count = Double(counts[id])
            #expect(
                isClose(
                    wittenBell.probability(of: id, after: [0, 5]),
                    (count + types / 19) / (total + types)))
            #expect(
                isClose(
                    kneserNey.probability(of: id, after: [7]),
                    (count - discounts[counts[id]] + taken / 19) / total))
        }
    }

    @Test func withoutANeverPredictedTokenAllTokensShareTheProbability() {
        let model = NGramModel(
            order: 3, smoothing: .wittenBell, vocabularySize: 4,
            sequences: [[0, 1, 2, 0, 1]], neverPredicted: nil)
        let all = (0..<4).map { model.probability(of: $0, after: [1, 2]) }
        #expect(abs(all.reduce(0, +) - 1) < 1e-12)
        #expect(all[0] > all[1])
    }

    /// 10 bits × 6 tokens: the largest vocabulary that the longest order allows for.
    @Test func largeVocabulariesFitIntoAWord() {
        let sequences = [[0, 1023, 1022, 1023, 1022, 1023, 1021, 1]]
        let model = NGramModel(
            order: 6, smoothing: .wittenBell, vocabularySize: 1024, sequences: sequences)
        let context = [1023, 1022, 1023, 1022, 1023]
        let all = (0..<1024).map { model.probability(of: $0, after: context) }
        #expect(abs(all.reduce(0, +) - 1) < 1e-9)
        #expect(all.indices.max { all[$0] < all[$1] } == 1021)
    }

    @Test func anEmptyCorpusGivesTheUniformDistribution() {
        for smoothing in NGramModel.Smoothing.allCases {
            let model = NGramModel(
                order: 3, smoothing: smoothing, vocabularySize: 5, sequences: [])
            #expect(model.probability(of: 3, after: [0, 2]) == 0.25)
            #expect(model.natsPerToken(of: []) == 0)
        }
    }
}
