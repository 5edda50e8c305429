import Foundation

/// A linear classifier of two kinds: the probability of the second is the logistic function of a weighted
/// sum of an example's numbers, each first brought to mean 0 and variance 1 over the training examples.
///
/// The weights have the least mean cross-entropy plus `penalty` / 2 times the sum of their squares, found by
/// Nesterov's accelerated gradient descent (1983); nothing is left to chance.
package struct LogisticRegression: Hashable, Sendable {
    private static let steps = 200

    private let means: [Double]
    private let scales: [Double]
    private var weights: [Double]
    private var bias = 0.0

    /// - Parameters:
    ///   - examples: at least one, (n, d).
    ///   - isSecond: the kind of each.
    package init(examples: [[Double]], isSecond: [Bool], penalty: Double) {
        precondition(
            !examples.isEmpty && examples.count == isSecond.count && penalty > 0,
            "every example has a kind")
        let width = examples[0].count
        let count = Double(examples.count)
        var means = [Double](repeating: 0, count: width)
        var variances = means
        for example in examples {
            for index in 0..<width { means[index] += example[index] / count }
        }
        for example in examples {
            for index in 0..<width {
                variances[index] += pow(example[index] - means[index], 2) / count
            }
        }
        self.means = means
        // What never varies tells nothing.
        scales = variances.map { $0 > 1e-18 ? 1 / $0.squareRoot() : 0 }
        weights = [Double](repeating: 0, count: width)
        descend(on: examples.map(standardised), isSecond, penalty: penalty)
    }

    /// 0…1
    package func probabilityOfSecond(_ example: [Double]) -> Double {
        Self.logistic(Self.product(weights, standardised(example)) + bias)
    }

    /// How much each number adds to the log odds of the second kind, from one example to another: they sum to
    /// the difference of the log odds, (d).
    package func shift(from example: [Double], to other: [Double]) -> [Double] {
        weights.indices.map { weights[$0] * (other[$0] - example[$0]) * scales[$0] }
    }

    private func standardised(_ example: [Double]) -> [Double] {
        example.indices.map { (example[$0] - means[$0]) * scales[$0] }
    }

    private mutating func descend(on rows: [[Double]], _ isSecond: [Bool], penalty: Double) {
        // The mean loss' curvature is at most a quarter of the mean square length of a row and its 1.
        let squares = rows.reduce(0) { $0 + Self.product($1, $1) + 1 } / Double(rows.count)
        let rate = 1 / (squares / 4 + penalty)
        var (ahead, aheadBias) = (weights, bias)
        for step in 0..<Self.steps {
            var gradient = ahead.map { penalty * $0 }
            var biasGradient = 0.0
            for (row, second) in zip(rows, isSecond) {
                let guess = Self.logistic(Self.product(ahead, row) + aheadBias)
                let error = (guess - (second ? 1 : 0)) / Double(rows.count)
                biasGradient += error
                for index in row.indices { gradient[index] += error * row[index] }
            }
            let momentum = Double(step) / Double(step + 3)
            for index in weights.indices {
                let next = ahead[index] - rate * gradient[index]
                ahead[index] = next + momentum * (next - weights[index])
                weights[index] = next
            }
            let next = aheadBias - rate * biasGradient
            aheadBias = next + momentum * (next - bias)
            bias = next
        }
    }

    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }

    private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
