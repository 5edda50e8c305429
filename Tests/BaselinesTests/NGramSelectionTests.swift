import Foundation
import Testing

import Baselines

@Suite struct NGramSelectionTests {
    /// The chain's entropy rate, 0.9346 nats: Σ πᵢ H(row i) with its stationary distribution π.
    private var entropyRate: Double {
        var stationary = [Double](repeating: 0.25, count: 4)
        for _ in 0..<1000 {
            stationary = (0..<4).map { to in
                (0..<4).reduce(0) { $0 + stationary[$1] * MarkovSource.transitions[$1][to] }
            }
        }
        return zip(stationary, MarkovSource.transitions).reduce(0) { sum, row in
            sum - row.0 * row.1.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
        }
    }

    @Test(arguments: NGramModel.Smoothing.allCases)
    func moreDataApproachesTheSourcesEntropy(smoothing: NGramModel.Smoothing) {
        let heldOut = MarkovSource.sequence(length: 50_000, seed: 10)
        let losses = [100, 1_000, 10_000, 100_000].map { length in
            NGramModel(
                order: 3, smoothing: smoothing, vocabularySize: 8,
                sequences: [MarkovSource.sequence(length: length, seed: 11)]
            ).natsPerToken(of: [heldOut])
        }
        #expect(losses == losses.sorted(by: >))
        #expect(losses[0] > entropyRate * 1.05)
        // A loss under the entropy by more than the held-out sample's own error would be a leak.
        #expect(abs(losses[3] - entropyRate) < 0.01)
    }

    @Test func theOrderOfTheSourceIsFound() {
        let model = NGramModel.best(
            training: [MarkovSource.sequence(length: 20_000, seed: 12)],
            heldOut: [MarkovSource.sequence(length: 5_000, seed: 13)], vocabularySize: 8)
        #expect(model.order == 2)
    }

    @Test func sharedCountsGiveTheSameModelsAsCountingAnew() {
        let sequences = randomSequences(count: 30, length: 100, vocabularySize: 20, seed: 14)
        let training = Array(sequences[..<25])
        let heldOut = Array(sequences[25...])
        let trials = NGramModel.trials(
            training: training, heldOut: heldOut, vocabularySize: 20, orders: 1...5)
        #expect(trials.count == 10)
        for trial in trials {
            let model = NGramModel(
                order: trial.order, smoothing: trial.smoothing, vocabularySize: 20,
                sequences: training)
            #expect(abs(model.natsPerToken(of: heldOut) - trial.natsPerToken) < 1e-12)
        }
    }

    /// As chordwise text has.
    @Test func ofALargeVocabularyOnlyWhatFitsIsTried() {
        let sequences = randomSequences(count: 6, length: 50, vocabularySize: 40_000, seed: 16)
        let trials = NGramModel.trials(
            training: Array(sequences[..<5]), heldOut: Array(sequences[5...]),
            vocabularySize: 40_000)
        #expect(Set(trials.map(\.order)) == [1, 2, 3, 4] && trials.count == 8)
        #expect(trials.allSatisfy { $0.natsPerToken.isFinite })
    }

    @Test func theBestTrialIsCountedOnEverything() throws {
        let sequences = randomSequences(count: 30, length: 100, vocabularySize: 20, seed: 15)
        let training = Array(sequences[..<25])
        let heldOut = Array(sequences[25...])
        let trials = NGramModel.trials(training: training, heldOut: heldOut, vocabularySize: 20)
        let expected = try #require(trials.min { $0.natsPerToken < $1.natsPerToken })
        let best = NGramModel.best(training: training, heldOut: heldOut, vocabularySize: 20)
        #expect(best.order == expected.order)
        #expect(best.smoothing == expected.smoothing)
        #expect(best.natsPerToken(of: heldOut) < expected.natsPerToken)
    }
}
