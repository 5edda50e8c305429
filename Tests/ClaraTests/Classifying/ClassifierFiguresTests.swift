import Clara
import Foundation
import Testing

@Suite struct ClassifierFiguresTests {
    /// Two of three pieces of class 0 and the only one of class 1 are right.
    private static let figures = ClassifierFigures(
        probabilities: [[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.3, 0.7]], labels: [0, 0, 0, 1],
        groups: [0, 1, 2, 3])

    @Test func sharesAreCountedByPieceAndByClass() {
        #expect(Self.figures.pieces == 4)
        #expect(Self.figures.accuracy == 0.75)
        #expect(Self.figures.accuracyOfThree == 1)
        #expect(abs(Self.figures.balancedAccuracy - (2.0 / 3 + 1) / 2) < 1e-12)
        #expect(Self.figures.majority == 0.75)
    }

    @Test func theLossIsThatOfTheRightClass() {
        let expected = -(log(0.9) + log(0.8) + log(0.4) + log(0.7)) / 4
        #expect(abs(Self.figures.natsPerPiece - expected) < 1e-12)
    }

    /// Bins of 0.9 (right), 0.8 (right), 0.6 (wrong) and 0.7 (right).
    @Test func theCalibrationErrorIsTheMeanDistance() {
        #expect(abs(Self.figures.calibrationError - (0.1 + 0.2 + 0.6 + 0.3) / 4) < 1e-12)
    }

    @Test func equalProbabilitiesDoNotCountAsRightForEverybody() {
        let figures = ClassifierFigures(
            probabilities: Array(repeating: [0.5, 0.5], count: 10),
            labels: (0..<10).map { $0 % 2 }, groups: Array(0..<10))
        #expect(figures.accuracy == 0.5)
    }

    @Test func piecesOfOneGroupAreOneDraw() {
        let rows = (0..<40).map { $0 < 30 ? [1.0, 0] : [0.0, 1] }
        let labels = [Int](repeating: 0, count: 40)
        let apart = ClassifierFigures(probabilities: rows, labels: labels, groups: Array(0..<40))
        let together = ClassifierFigures(
            probabilities: rows, labels: labels, groups: (0..<40).map { $0 / 10 })
        #expect(apart.accuracy == 0.75 && together.accuracy == 0.75)
        #expect(apart.lowest > 0.55 && apart.highest < 0.95)
        #expect(together.lowest < 0.3 && together.highest == 1)
    }
}
