import Encodings
import Tensors

/// Measures a classifier and n-gram models on pieces that neither has seen: the use case behind
/// `clara critique evaluate` and `clara identify evaluate`.
public struct ClassifierEvaluation: Sendable {
    public typealias Event = ClassifierTraining.Event

    /// What came out.
    public struct Outcome: Sendable {
        public let classifier: ClassifierFigures
        /// Of n-gram models, one for each class.
        public let baseline: ClassifierFigures
        public let baselineOrder: Int
        /// In how many keys the baseline was counted: 1 or 12.
        public let baselineKeys: Int
        /// The classes' names.
        public let classes: [String]
        /// How many pieces of each class (row) were taken for each (column), in the order of the classes.
        public let confusion: [[Int]]
    }

    private let bundle: ClassifierBundle
    private let material: ClassifierMaterial

    /// - Parameter material: the pieces that the classifier held out in training are measured; the n-gram
    ///   models are counted on the others.
    public init(of bundle: ClassifierBundle, on material: ClassifierMaterial) {
        self.bundle = bundle
        self.material = material
    }

    /// - Parameter music: of a library, which knows composers.
    public init(ofComposers bundle: ClassifierBundle, on music: MusicSource) {
        self.init(of: bundle, on: .composers(in: music, of: bundle))
    }

    /// - Parameter onEvent: called from several threads.
    public func run(onEvent: @escaping @Sendable (Event) -> Void) throws -> Outcome {
        let music = try material.labelled(
            cutter: bundle.cutter, heldOut: Set(bundle.provenance.heldOut), onEvent: onEvent)
        return Self.outcome(
            of: try PassageReader(bundle), bundle.calibration, on: music, encoding: bundle.encoding,
            onEvent: onEvent)
    }

    static func outcome(
        of reader: PassageReader, _ calibration: Calibration, on music: LabelledMusic,
        encoding: any MusicEncoding, onEvent: @escaping @Sendable (Event) -> Void
    ) -> Outcome {
        let scores = reader.opinions(ofPieces: music.heldOut.map(\.passages)) {
            onEvent(.measuring(share: $0))
        }
        let found = scores.map(calibration.probabilities)
        let ngrams = NGramClassifier(music, encoding: encoding) { onEvent(.counting(share: $0)) }
        let labels = music.heldOut.map(\.label)
        func figures(_ probabilities: [[Double]]) -> ClassifierFigures {
            ClassifierFigures(
                probabilities: probabilities, labels: labels, groups: music.heldOut.map(\.group))
        }
        var confusion = music.classes.map { _ in [Int](repeating: 0, count: music.classes.count) }
        for (row, label) in zip(found, labels) {
            confusion[label][row.indexOfLargest] += 1
        }
        return Outcome(
            classifier: figures(found),
            baseline: figures(music.heldOut.map { ngrams.probabilities(of: $0.passages) }),
            baselineOrder: ngrams.choice.order, baselineKeys: ngrams.choice.keys,
            classes: music.classes, confusion: confusion)
    }
}
