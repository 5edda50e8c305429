import Networks
import Tensors

/// How a classifier does on pieces whose classes are known.
package struct ClassifierScore: Hashable, Sendable {
    /// Σ −ln p of the pieces' classes, in nats.
    package private(set) var nats = 0.0
    /// How many pieces of class `[label]` were taken for class `[found]`: (C, C).
    package private(set) var confusion: [[Int]]

    init(classes: Int) {
        confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    }

    /// How many pieces there are.
    package var count: Int { confusion.joined().reduce(0, +) }

    /// How many were taken for what they are.
    package var correct: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }

    package var accuracy: Double { count > 0 ? Double(correct) / Double(count) : 0 }

    package var natsPerPiece: Double { count > 0 ? nats / Double(count) : 0 }

    mutating func add(label: Int, logProbabilities: [Double]) {
        nats -= logProbabilities[label]
        confusion[label][logProbabilities.indexOfLargest] += 1
    }
}

extension SequenceClassifier {
    /// Scores every piece as it stands.
    ///
    /// - Parameter progress: called now and then with the share done, 0…1.
    package func score(
        _ source: LabelledSource, progress: (Double) -> Void = { _ in }
    ) -> ClassifierScore {
        var score = ClassifierScore(classes: configuration.classes.count)
        let rows = rows(of: source.pieces, progress: progress, logProbabilities)
        for (label, logs) in zip(source.labels, rows) {
            score.add(label: label, logProbabilities: logs)
        }
        return score
    }
}
