import Foundation
import Tensors

/// How the opinions that there are of a piece's passages become the probabilities of its classes.
///
/// Each opinion's ln p are averaged over the passages and multiplied by a weight of the opinion's own; their sums
/// are brought to sum to 1 again. With one opinion that is temperature scaling (Guo et al. 2017), the temperature
/// being 1 / weight; with several, a logarithmic opinion pool. The weights give the least mean −ln p on pieces that
/// were not trained on, each counted as 1 / (N + 2) of another class (Platt 1999): of N pieces that are all told
/// right it does not follow that none ever is told wrong.
package struct Calibration: Hashable, Sendable, Codable {
    /// Of each opinion, above 0.
    package let weights: [Double]

    private static let logarithms = -9.0...9.0
    private static let rounds = 20

    /// - Parameter passages: of each passage, at least one, each opinion's score for each class: ln p, or anything
    ///   that grows with it.
    /// - Returns: p of each class.
    package func probabilities(ofPassages passages: [[[Double]]]) -> [Double] {
        logProbabilities(ofMeans: Self.means(passages)).map { exp($0) }
    }

    private func logProbabilities(ofMeans means: [[Double]]) -> [Double] {
        (means.first ?? []).indices.map { index in
            zip(means, weights).reduce(0) { $0 + $1.0[index] * $1.1 }
        }.logSoftmax
    }

    /// Of each opinion and class over the passages.
    private static func means(_ passages: [[[Double]]]) -> [[Double]] {
        let count = Double(passages.count)
        return (passages.first ?? []).enumerated().map { opinion, scores in
            scores.indices.map { index in
                passages.reduce(0) { $0 + $1[opinion][index] } / count
            }
        }
    }

    /// - Parameters:
    ///   - pieces: the passages' scores of each piece, at least one, by every opinion.
    ///   - labels: the pieces' classes.
    package init(fitting pieces: [[[[Double]]]], labels: [Int]) {
        let means = pieces.map(Self.means)
        let opinions = means.first?.count ?? 0
        let doubt = 1 / Double(pieces.count + 2)
        func loss(_ logarithms: [Double]) -> Double {
            let calibration = Calibration(weights: logarithms.map { exp($0) })
            return zip(means, labels).reduce(0) { sum, piece in
                let logs = calibration.logProbabilities(ofMeans: piece.0).map { max(-700, $0) }
                let others = logs.reduce(0, +) - logs[piece.1]
                return sum - (1 - doubt) * logs[piece.1]
                    - doubt * others / Double(max(1, logs.count - 1))
            }
        }
        // The loss is convex in the weights, so that it has one valley along each of them, and going down one
        // after the other leads to its bottom.
        var found = [Double](repeating: 0, count: opinions)
        for _ in 0..<(opinions > 1 ? Self.rounds : 1) {
            for opinion in 0..<opinions {
                found[opinion] = Self.lowest { value in
                    var logarithms = found
                    logarithms[opinion] = value
                    return loss(logarithms)
                }
            }
        }
        weights = found.map { exp($0) }
    }

    /// Where a function of one valley is lowest.
    private static func lowest(_ function: (Double) -> Double) -> Double {
        var (low, high) = (logarithms.lowerBound, logarithms.upperBound)
        while high - low > 1e-3 {
            let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
            if function(left) <= function(right) { high = right } else { low = left }
        }
        return (low + high) / 2
    }

    package init(weights: [Double]) { self.weights = weights }
}
