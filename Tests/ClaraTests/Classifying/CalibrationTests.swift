import Clara
import Foundation
import Testing

@Suite struct CalibrationTests {
    @Test func probabilitiesAreThoseByHand() {
        // Means ln 0.5 − 1 and ln 0.5; twice their distance is 2.
        let found = Calibration(weights: [2]).probabilities(ofPassages: [[[-2, 0]], [[0, 0]]])
        #expect(abs(found[1] - 1 / (1 + exp(-2))) < 1e-12)
        #expect(abs(found.reduce(0, +) - 1) < 1e-12)
        // 2 · 1 − 0.5 · 3 = 0.5 between the classes.
        let both = Calibration(weights: [2, 0.5]).probabilities(ofPassages: [[[1, 0], [0, 3]]])
        #expect(abs(both[0] - 1 / (1 + exp(-0.5))) < 1e-12)
    }

    /// Three in four pieces are what scores of ±1 say: the best weight states 75 %.
    @Test(arguments: [1.0, 40, 0.05]) func statedProbabilitiesBecomeTheSharesThatComeTrue(
        scale: Double
    ) {
        let pieces = (0..<400).map { _ in [[[scale, -scale]]] }
        let labels = (0..<400).map { $0 % 4 == 0 ? 1 : 0 }
        let calibration = Calibration(fitting: pieces, labels: labels)
        let stated = calibration.probabilities(ofPassages: pieces[0])
        // One in 402 counts as told wrong.
        #expect(abs(stated[0] - (0.75 * 401 + 0.25) / 402) < 1e-3)
    }

    /// The first is right three times in four, the second at random.
    @Test func anOpinionThatKnowsNothingGetsHardlyAnyWeight() {
        let pieces = (0..<400).map { index in
            [[[1.0, -1], index / 4 % 2 == 0 ? [1, -1] : [-1, 1]]]
        }
        let labels = (0..<400).map { $0 % 4 == 0 ? 1 : 0 }
        let calibration = Calibration(fitting: pieces, labels: labels)
        #expect(calibration.weights[1] < 0.01)
        #expect(abs(calibration.weights[0] - log(3) / 2) < 0.01)
    }

    @Test func opinionsOfDifferentThingsAddUp() {
        // Each is right three times in four, whatever the other says: ln 3 for and against.
        var pieces: [[[[Double]]]] = []
        var labels: [Int] = []
        for (first, second, seconds) in [(1.0, 1.0, 1), (1, -1, 5), (-1, 1, 5), (-1, -1, 9)] {
            for index in 0..<10 {
                pieces.append([[[first, -first], [second, -second]]])
                labels.append(index < seconds ? 1 : 0)
            }
        }
        let weights = Calibration(fitting: pieces, labels: labels).weights
        // Nine in ten where both agree; one in 42 counts as told wrong.
        let share = (0.9 * 41 + 0.1) / 42
        let expected = log(share / (1 - share)) / 4
        #expect(abs(weights[0] - expected) < 0.01)
        #expect(abs(weights[1] - expected) < 0.01)
    }

    /// Twenty of twenty are told right: the next one is with 21 in 22.
    @Test func certaintyGrowsWithThePiecesThatBackIt() {
        let pieces = (0..<20).map { index in [[index % 2 == 0 ? [1.0, -1] : [-1, 1]]] }
        let calibration = Calibration(fitting: pieces, labels: (0..<20).map { $0 % 2 })
        let stated = calibration.probabilities(ofPassages: pieces[0])
        #expect(abs(stated[0] - 21.0 / 22) < 1e-3)
    }

    @Test func extremeScoresGiveNumbers() {
        let found = Calibration(weights: [1_000]).probabilities(ofPassages: [[[-1e6, 0, -1e300]]])
        #expect(found == [0, 1, 0])
    }
}
