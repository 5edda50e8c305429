import Foundation
import Tensors

/// How a classifier's opinions of passages become the probabilities of a piece's classes.
///
/// The passages' ln p are averaged and multiplied by a sharpness before they are brought to sum to 1 again:
/// temperature scaling (Guo et al. 2017) with 1 / sharpness as the temperature. The sharpness is the one that
/// gives the least mean −ln p on pieces that were not trained on.
package struct Calibration: Hashable, Sendable, Codable {
    package let sharpness: Double

    /// - Parameter passages: a score for each class of each passage, at least one: ln p, or anything that
    ///   grows with it.
    /// - Returns: p of each class.
    package func probabilities(ofPassages passages: [[Double]]) -> [Double] {
        Self.means(passages).map { $0 * sharpness }.logSoftmax.map { exp($0) }
    }

    /// Of each class over the passages.
    private static func means(_ passages: [[Double]]) -> [Double] {
        let count = Double(passages.count)
        return (passages.first ?? []).indices.map { index in
            passages.reduce(0) { $0 + $1[index] } / count
        }
    }

    /// - Parameters:
    ///   - pieces: the passages' scores of each piece.
    ///   - labels: the pieces' classes.
    package init(fitting pieces: [[[Double]]], labels: [Int]) {
        func loss(_ logarithm: Double) -> Double {
            let calibration = Calibration(sharpness: exp(logarithm))
            return zip(pieces, labels).reduce(0) {
                $0 - log(max(1e-300, calibration.probabilities(ofPassages: $1.0)[$1.1]))
            }
        }
        // The loss is convex in the sharpness, so that it has one valley in the logarithm, too.
        var (low, high) = (-9.0, 9.0)
        while high - low > 1e-3 {
            let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
            if loss(left) <= loss(right) { high = right } else { low = left }
        }
        sharpness = exp((low + high) / 2)
    }

    package init(sharpness: Double) { self.sharpness = sharpness }
}
