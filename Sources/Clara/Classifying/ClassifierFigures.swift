import Foundation
import Measures
import Tensors

/// How a classifier does on pieces that it was not trained on.
public struct ClassifierFigures: Hashable, Sendable, Codable {
    public let pieces: Int
    /// The share of the pieces that were taken for what they are, 0…1.
    public let accuracy: Double
    /// 95 of 100 draws of as many groups of duplicates, with repetition, give an accuracy in between.
    public let lowest: Double
    public let highest: Double
    /// The share whose class is among the three likeliest.
    public let accuracyOfThree: Double
    /// The mean over the classes of the shares of their pieces that were found, classes without a piece apart.
    public let balancedAccuracy: Double
    /// Of always naming the most frequent class.
    public let majority: Double
    /// Mean −ln p of the right class.
    public let natsPerPiece: Double
    /// How far stated probabilities are from the shares that come true: the mean distance over ten bins of the
    /// likeliest class' probability, weighted by their pieces (expected calibration error; Guo et al. 2017).
    public let calibrationError: Double

    private static let bins = 10

    /// - Parameters:
    ///   - probabilities: of each class for each piece, at least one.
    ///   - labels: the pieces' classes.
    ///   - groups: the pieces' groups of duplicates.
    package init(probabilities: [[Double]], labels: [Int], groups: [Int], seed: UInt64 = 1) {
        let count = Double(labels.count)
        let ranks = zip(probabilities, labels).map { row, label in
            row.indices.count { row[$0] > row[label] || (row[$0] == row[label] && $0 < label) }
        }
        pieces = labels.count
        var generator = SeededGenerator(seed: seed)
        let share = GroupedShare(isRight: ranks.map { $0 == 0 }, groups: groups, using: &generator)
        accuracy = share.share
        (lowest, highest) = (share.interval.lowerBound, share.interval.upperBound)
        accuracyOfThree = Double(ranks.count { $0 < 3 }) / count
        let members = Dictionary(grouping: labels.indices) { labels[$0] }
        balancedAccuracy =
            members.values.reduce(0) { sum, pieces in
                sum + Double(pieces.count { ranks[$0] == 0 }) / Double(pieces.count)
            } / Double(members.count)
        majority = Double(members.values.map(\.count).max() ?? 0) / count
        natsPerPiece =
            zip(probabilities, labels).reduce(0) { $0 - log(max(1e-300, $1.0[$1.1])) } / count
        calibrationError = Self.calibrationError(
            zip(probabilities, ranks).map { ($0.max() ?? 0, $1 == 0) })
    }

    private static func calibrationError(_ guesses: [(probability: Double, isRight: Bool)])
        -> Double
    {
        let binned = Dictionary(grouping: guesses) {
            min(bins - 1, Int($0.probability * Double(bins)))
        }
        return binned.values.reduce(0) { error, bin in
            let stated = bin.reduce(0) { $0 + $1.probability }
            return error + abs(stated - Double(bin.count(where: \.isRight)))
        } / Double(guesses.count)
    }
}
