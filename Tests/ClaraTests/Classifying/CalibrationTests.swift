import Clara
import Foundation
import Testing

@Suite struct CalibrationTests {
    @Test func probabilitiesAreThoseByHand() {
        // Means ln 0.5 − 1 and ln 0.5; twice their distance is 2.
        let found = Calibration(sharpness: 2).probabilities(ofPassages: [[-2, 0], [0, 0]])
        #expect(abs(found[1] - 1 / (1 + exp(-2))) < 1e-12)
        #expect(abs(found.reduce(0, +) - 1) < 1e-12)
    }

    /// Three in four pieces are what scores of ±1 say: the best sharpness states 75 %.
    @Test(arguments: [1.0, 40, 0.05]) func statedProbabilitiesBecomeTheSharesThatComeTrue(
        scale: Double
    ) {
        let pieces = (0..<400).map { _ in [[scale, -scale]] }
        let labels = (0..<400).map { $0 % 4 == 0 ? 1 : 0 }
        let calibration = Calibration(fitting: pieces, labels: labels)
        let stated = calibration.probabilities(ofPassages: pieces[0])
        #expect(abs(stated[0] - 0.75) < 1e-3)
    }

    @Test func extremeScoresGiveNumbers() {
        let found = Calibration(sharpness: 1_000).probabilities(ofPassages: [[-1e6, 0, -1e300]])
        #expect(found == [0, 1, 0])
    }
}
