import Baselines
import Encodings
import Tensors

/// The plain yardstick for classifiers: an n-gram model for each class, and the class whose model foresees a
/// piece best. Order and keys are those that tell most of the calibration pieces right.
struct NGramClassifier {
    /// What was chosen.
    struct Choice: Hashable, Sendable {
        let order: Int
        /// In how many keys each passage was counted: 1 or 12.
        let keys: Int
    }

    let choice: Choice
    private let models: [NGramModel]
    private let calibration: Calibration

    private static let choices = [1, 2, 3, 4].flatMap { order in
        [1, TwelveKeys.shifts.count].map { Choice(order: order, keys: $0) }
    }

    /// - Parameter progress: called with the share done, 0…1.
    init(_ music: LabelledMusic, encoding: any MusicEncoding, progress: (Double) -> Void = { _ in })
    {
        var best: (classifier: NGramClassifier, right: Int)?
        for (index, choice) in Self.choices.enumerated() {
            let classifier = NGramClassifier(music, encoding: encoding, choice: choice)
            let right = music.calibration.count { piece in
                classifier.probabilities(of: piece.passages).indexOfLargest == piece.label
            }
            if best.map({ right > $0.right }) ?? true { best = (classifier, right) }
            progress(Double(index + 1) / Double(Self.choices.count))
        }
        guard let best else { preconditionFailure("there are choices") }
        self = best.classifier
    }

    private init(_ music: LabelledMusic, encoding: any MusicEncoding, choice: Choice) {
        let models = music.classes.indices.map { label in
            let passages = music.training.filter { $0.label == label }.flatMap(\.passages)
            let source = PassageSource(
                passages.map { [$0] }, encoding: encoding, withContext: false)
            return NGramModel(
                order: choice.order, smoothing: .kneserNey,
                vocabularySize: encoding.vocabulary.count,
                sequences: (0..<source.count).flatMap { passage in
                    (0..<choice.keys).map { key in
                        source.tokens(ofPiece: passage, variant: key).map { Int($0) }
                    }
                })
        }
        self.models = models
        self.choice = choice
        calibration = Calibration(
            fitting: music.calibration.map { Self.scores(of: $0.passages, by: models) },
            labels: music.calibration.map(\.label))
    }

    /// Of each class.
    func probabilities(of passages: [[Int]]) -> [Double] {
        calibration.probabilities(ofPassages: Self.scores(of: passages, by: models))
    }

    /// Mean ln p of a token, for each passage by each model: the only opinion.
    private static func scores(of passages: [[Int]], by models: [NGramModel]) -> [[[Double]]] {
        passages.map { passage in
            [
                models.map {
                    -$0.negativeLogLikelihood(of: [Vocabulary.pieceStart] + passage)
                        / Double(passage.count)
                }
            ]
        }
    }
}
