import Encodings
import Foundation
import Networks
import Training

/// Makes a classifier from a language model (ULMFiT; Howard & Ruder 2018), calibrates it, and measures it and
/// n-gram models on pieces that neither has seen: the use case behind `clara critique train` and
/// `clara identify train`.
public struct ClassifierTraining: Sendable {
    /// What it tells while it works.
    public enum Event: Sendable {
        case reading(files: Int, of: Int)
        /// Machines' continuations, for a critic.
        case wrote(continuations: Int, of: Int)
        case prepared(Preparation)
        /// The head alone, on the language model's features.
        case fittingHead(share: Double)
        case training(step: Int, of: Int, natsPerPassage: Double)
        /// The calibration's passages, after an epoch.
        case validated(epoch: Int, accuracy: Double, natsPerPassage: Double)
        case measuring(share: Double)
        case counting(share: Double)
    }

    /// What is trained on.
    public struct Preparation: Sendable {
        /// The classes, and how many of the pieces to train on are of each.
        public let classes: [(name: String, pieces: Int)]
        public let trained: Int
        public let calibrated: Int
        public let heldOut: Int
        /// Files that gave no piece.
        public let skipped: [Corpus.Skipped]
        public let weights: Int
    }

    /// What came out.
    public struct Outcome: Sendable {
        /// Nil when it was stopped before its end.
        public let evaluation: ClassifierEvaluation.Outcome?
    }

    /// What decides how it goes, besides the music.
    public struct Settings: Hashable, Sendable {
        public let epochs: Int
        /// Bars of a passage.
        public let bars: Int
        public let seed: Int

        /// - Throws: `OutOfRange` for a number outside its range.
        public init(epochs: Int = 2, bars: Int = 8, seed: Int = 1) throws(OutOfRange) {
            try OutOfRange.check(epochs, of: "--epochs", in: 1...1_000)
            try OutOfRange.check(bars, of: "--bars", in: 1...64)
            try OutOfRange.check(seed, of: "--seed", in: ContinuationSettings.seedRange)
            self.epochs = epochs
            self.bars = bars
            self.seed = seed
        }
    }

    private let model: ModelBundle
    private let material: ClassifierMaterial
    private let settings: Settings

    /// - Parameter model: the language model to start from. What it held out in training is held out here.
    public init(of material: ClassifierMaterial, from model: ModelBundle, settings: Settings) {
        self.material = material
        self.model = model
        self.settings = settings
    }

    /// - Parameters:
    ///   - path: the file to write the classifier to.
    ///   - shouldStop: asked after every step; nothing is written then.
    ///   - onEvent: called from several threads.
    /// - Throws: `CorpusError`, `ClassifyingError`, `TrainingError`.
    public func run(
        to path: String, shouldStop: () -> Bool = { false },
        onEvent: @escaping @Sendable (Event) -> Void
    ) throws -> Outcome {
        let cutter = PassageCutter(encoding: model.encoding, bars: settings.bars)
        let music = try material.labelled(
            cutter: cutter, heldOut: Set(model.provenance.heldOut), onEvent: onEvent)
        let configuration = try ClassifierConfiguration(
            network: model.network, pooling: .concatenated, hidden: 0, classes: music.classes)
        let trainer = try ClassifierTrainer(
            trainingSettings(configuration),
            training: source(music.training, turns: PassageSource.turns),
            heldOut: source(music.calibration, turns: 1), pretrained: model.weights())
        onEvent(.prepared(Preparation(music, weights: trainer.classifier.weights.count)))
        fitHead(of: trainer.classifier, on: music, onEvent)
        let isOver = try trainer.run(shouldStop: shouldStop) { event in
            Event(event).map(onEvent)
        }
        guard isOver else { return Outcome(evaluation: nil) }
        let figures = FigureClassifier(music, encoding: model.encoding)
        let reader = PassageReader(trainer.classifier, figures, encoding: model.encoding)
        let calibration = Calibration(
            fitting: reader.opinions(ofPieces: music.calibration.map(\.passages)),
            labels: music.calibration.map(\.label))
        let evaluation = ClassifierEvaluation.outcome(
            of: reader, calibration, on: music, encoding: model.encoding, onEvent: onEvent)
        try ClassifierBundle.write(
            trainer.classifier.weights, figures, kind: material.kind,
            configuration: configuration, cutter: cutter, calibration: calibration,
            provenance: provenance(
                of: music, settings: trainer.settings, figures: evaluation.classifier), to: path)
        return Outcome(evaluation: evaluation)
    }

    private func fitHead(
        of classifier: SequenceClassifier, on music: LabelledMusic, _ onEvent: (Event) -> Void
    ) {
        let calibration = source(music.calibration, turns: 1)
        classifier.fitHead(
            source(music.training, turns: 1), heldOut: calibration, seed: UInt64(settings.seed)
        ) { onEvent(.fittingHead(share: $0)) }
        let score = classifier.score(calibration)
        onEvent(
            .validated(
                epoch: 0, accuracy: score.accuracy, natsPerPassage: score.natsPerPiece))
    }

    private func provenance(
        of music: LabelledMusic, settings: ClassifierTrainingSettings, figures: ClassifierFigures
    ) -> ClassifierBundle.Provenance {
        ClassifierBundle.Provenance(
            data: material.music.names, languageModel: model.hash,
            trained: music.training.count, calibrated: music.calibration.count,
            heldOut: music.heldOutContents, figures: figures, settings: settings)
    }

    /// - Parameter turns: how many neighbouring passages of a piece take one place in an epoch in turn.
    private func source(_ pieces: [LabelledPiece], turns: Int) -> LabelledSource {
        let places = pieces.flatMap { piece in
            stride(from: 0, to: piece.passages.count, by: turns).map { start in
                (label: piece.label, passages: Array(piece.passages[start...].prefix(turns)))
            }
        }
        return LabelledSource(
            PassageSource(
                places.map(\.passages), encoding: model.encoding,
                withContext: model.network.contexts > 0), labels: places.map(\.label))
    }

    /// ULMFiT's discriminative rates in one cycle, low ones, and nothing frozen, as the head has been fitted.
    /// Without dropout: the layers of a language model that was trained without give other features under
    /// it, to which the head would turn.
    private func trainingSettings(
        _ configuration: ClassifierConfiguration
    ) throws -> ClassifierTrainingSettings {
        try ClassifierTrainingSettings(
            classifier: configuration, optimiser: Adam.Settings(weightDecay: 0.01),
            schedule: .oneCycle(OneCycleSchedule(rate: 0.0002)), layerFactor: 1.6,
            epochs: settings.epochs, streams: 16, steps: 128, clip: 1, seed: UInt64(settings.seed))
    }
}

extension ClassifierTraining.Preparation {
    init(_ music: LabelledMusic, weights: Int) {
        classes = music.classes.enumerated().map { label, name in
            (name: name, pieces: music.training.count { $0.label == label })
        }
        trained = music.training.count
        calibrated = music.calibration.count
        heldOut = music.heldOut.count
        skipped = music.skipped
        self.weights = weights
    }
}

extension ClassifierTraining.Event {
    fileprivate init?(_ event: ClassifierTrainingEvent) {
        switch event {
        case .began: return nil
        case .progressed(let step, let total, let nats, _):
            self = .training(step: step, of: total, natsPerPassage: nats)
        case .evaluated(let epoch, let score):
            self = .validated(
                epoch: epoch + 1, accuracy: score.accuracy, natsPerPassage: score.natsPerPiece)
        }
    }
}
