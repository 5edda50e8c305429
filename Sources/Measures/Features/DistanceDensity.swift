import Foundation

/// How distances between pieces are distributed, on a fixed grid.
///
/// A Gaussian kernel density (bandwidth after Scott 1992: the standard deviation times n^(−1/5), and at
/// least one step of the grid), read at the middles of `points` equal steps from 0 to the feature's greatest
/// distance and made to sum to 1. What the published implementation does depends on the number and the
/// range of the sets at hand; here neither does.
package struct DistanceDensity: Hashable, Sendable {
    package static let points = 512
    /// Keeps a logarithm finite where there is nothing.
    private static let least = 1e-12

    /// Probabilities, in order of distance.
    package let shares: [Double]

    /// - Parameter distances: at least one, none negative.
    package init(of distances: [Double], upTo greatest: Double) {
        precondition(!distances.isEmpty && greatest > 0, "a density needs distances")
        let step = greatest / Double(Self.points)
        var counts = [Double](repeating: 0, count: Self.points)
        for distance in distances { counts[min(Self.points - 1, Int(distance / step))] += 1 }
        let deviation = distances.sampleVariance.squareRoot()
        let width = max(1, deviation * pow(Double(distances.count), -0.2) / step)
        let kernel = (0..<Self.points).map { exp(-0.5 * pow(Double($0) / width, 2)) }
        var densities = [Double](repeating: 0, count: Self.points)
        for (place, count) in counts.enumerated() where count > 0 {
            for point in densities.indices {
                densities[point] += count * kernel[abs(point - place)]
            }
        }
        shares = densities.shares
    }

    /// The overlapped area, 0…1.
    package func overlap(with other: DistanceDensity) -> Double {
        zip(shares, other.shares).reduce(0) { $0 + min($1.0, $1.1) }
    }

    /// The Kullback–Leibler divergence from `other` to this, in nats.
    package func divergence(from other: DistanceDensity) -> Double {
        zip(shares, other.shares).reduce(0) { sum, pair in
            let (p, q) = (max(pair.0, Self.least), max(pair.1, Self.least))
            return sum + p * log(p / q)
        }
    }
}
