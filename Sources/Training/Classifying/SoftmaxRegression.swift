import Tensors

/// A linear classifier of features that stay as they are: what a head of one layer becomes when it is trained
/// to its end.
///
/// The weights have the least mean cross-entropy plus `penalty` / 2 times the sum of their squares, over features
/// brought to mean 0 and about variance 1; found by Nesterov's accelerated gradient descent (1983). Nothing is left
/// to chance.
package struct SoftmaxRegression: Hashable, Sendable, Codable {
    /// The penalties that are tried, of the weights for features of variance 1.
    private static let penalties: [Float] = [0.003, 0.01, 0.03, 0.1, 0.3]
    private static let steps = 400
    private static let powerSteps = 20
    /// What is added to every feature's variance, as a share of their mean variance.
    private static let leastVariance = 0.05

    /// (C, d), for the features as they are.
    package let weights: [Float]
    /// (C)
    package let bias: [Float]

    /// - Parameters:
    ///   - features: at least one example, (n, d).
    ///   - labels: the class of each, below `classes`.
    package init(features: [[Float]], labels: [Int], classes: Int, penalty: Float) {
        precondition(
            !features.isEmpty && features.count == labels.count && penalty > 0,
            "every example has a class")
        let (count, width) = (features.count, features[0].count)
        let scaling = Scaling(features)
        let rows = FloatBuffer(features.flatMap(scaling.standardised))
        let found = withExtendedLifetime(rows) {
            Self.descend(
                on: rows.matrix(rows: count, columns: width + 1), labels, classes: classes,
                penalty: penalty)
        }
        var weights = [Float](repeating: 0, count: classes * width)
        var bias = [Float](repeating: 0, count: classes)
        for label in 0..<classes {
            let row = found[(label * (width + 1))..<((label + 1) * (width + 1))]
            bias[label] = row[row.startIndex + width]
            for index in 0..<width {
                let weight = row[row.startIndex + index] * scaling.scales[index]
                weights[label * width + index] = weight
                bias[label] -= weight * scaling.means[index]
            }
        }
        (self.weights, self.bias) = (weights, bias)
    }

    /// What to learn from, or to be judged on.
    package struct Examples: Sendable {
        /// (n, d)
        package let features: [[Float]]
        /// The class of each, counted from 0.
        package let labels: [Int]

        package init(features: [[Float]], labels: [Int]) {
            self.features = features
            self.labels = labels
        }
    }

    /// The same, with the penalty that foresees the classes of other examples best.
    ///
    /// - Parameter heldOut: examples that are not trained on.
    package init(_ training: Examples, judgedOn heldOut: Examples, classes: Int) {
        let candidates = Self.penalties.map { penalty in
            SoftmaxRegression(
                features: training.features, labels: training.labels, classes: classes,
                penalty: penalty)
        }
        guard let best = candidates.min(by: { $0.nats(of: heldOut) < $1.nats(of: heldOut) }) else {
            preconditionFailure("there are penalties")
        }
        self = best
    }

    /// Σ −ln p of the labels.
    private func nats(of examples: Examples) -> Double {
        zip(examples.features, examples.labels).reduce(0) {
            $0 - logits(of: $1.0).logSoftmax[$1.1]
        }
    }

    /// (C)
    package func logits(of example: [Float]) -> [Double] {
        bias.indices.map { label in
            example.indices.reduce(Double(bias[label])) {
                $0 + Double(weights[label * example.count + $1]) * Double(example[$1])
            }
        }
    }

    /// What brings each feature to mean 0 and variance 1.
    private struct Scaling {
        let means: [Float]
        let scales: [Float]

        init(_ features: [[Float]]) {
            let count = Double(features.count)
            var sums = [Double](repeating: 0, count: features[0].count)
            var squares = sums
            for example in features {
                for (index, value) in example.enumerated() {
                    sums[index] += Double(value)
                    squares[index] += Double(value) * Double(value)
                }
            }
            means = sums.map { Float($0 / count) }
            let variances = zip(sums, squares).map { sum, square in
                max(0, square / count - (sum / count) * (sum / count))
            }
            // A feature that hardly varies here may vary much elsewhere: its weight must not be huge.
            let least =
                SoftmaxRegression.leastVariance * variances.reduce(0, +) / Double(variances.count)
            scales = variances.map {
                $0 > 1e-12 ? Float(1 / ($0 + least).squareRoot()) : 0
            }
        }

        /// With a 1 behind, for the bias.
        func standardised(_ example: [Float]) -> [Float] {
            example.indices.map { (example[$0] - means[$0]) * scales[$0] } + [1]
        }
    }

    /// The weights, (C, d + 1).
    private static func descend(
        on rows: Matrix, _ labels: [Int], classes: Int, penalty: Float
    ) -> [Float] {
        let (count, width) = (rows.rows, rows.columns)
        var targets = labels.map { Int32($0) }
        let buffers = (0..<3).map { _ in FloatBuffer(zeros: classes * width) }
        let (weights, ahead, gradient) = (buffers[0], buffers[1], buffers[2])
        let (scores, losses) = (FloatBuffer(zeros: count * classes), FloatBuffer(zeros: count))
        defer { withExtendedLifetime((buffers, scores)) {} }
        let logits = scores.matrix(rows: count, columns: classes)
        let point = ahead.matrix(rows: classes, columns: width)
        let slope = gradient.matrix(rows: classes, columns: width)
        // The curvature is at most half the largest eigenvalue of the features' second moments.
        let rate = 1 / (largestEigenvalue(of: rows) / 2 + penalty)
        for step in 0..<steps {
            logits.setProduct(rows, .asIs, point, .transposed)
            Kernels.softmaxCrossEntropy(
                logits: logits, targets: &targets, losses: losses, scale: 1 / Float(count))
            slope.setProduct(logits, .transposed, rows, .asIs)
            slope.add(point, times: penalty)
            let momentum = Float(step) / Float(step + 3)
            for index in 0..<classes * width {
                let next = ahead.base[index] - rate * gradient.base[index]
                ahead.base[index] = next + momentum * (next - weights.base[index])
                weights.base[index] = next
            }
        }
        return Array(weights)
    }

    /// Of rowsᵀ·rows / n, by the power method, a little above it.
    private static func largestEigenvalue(of rows: Matrix) -> Float {
        let (unit, images) = (FloatBuffer(zeros: rows.columns), FloatBuffer(zeros: rows.rows))
        defer { withExtendedLifetime((unit, images)) {} }
        let vector = unit.matrix(rows: rows.columns, columns: 1)
        let image = images.matrix(rows: rows.rows, columns: 1)
        vector.fill(1)
        var norm = Float(1)
        for _ in 0..<powerSteps {
            image.setProduct(rows, .asIs, vector, .asIs)
            vector.setProduct(rows, .transposed, image, .asIs)
            norm = 0
            for index in 0..<vector.count { norm += vector.base[index] * vector.base[index] }
            norm = norm.squareRoot()
            vector.scale(by: 1 / norm)
        }
        return 1.1 * norm / Float(rows.rows)
    }
}
