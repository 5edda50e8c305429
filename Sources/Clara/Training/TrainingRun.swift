import Networks
import Training

/// Trains a language model on a collection of MIDI files: the use case behind `clara train`.
public struct TrainingRun {
    public typealias Progress = TrainingProgress
    public typealias StepEvent = TrainingEvent

    /// What a run tells while it works.
    public enum Event: Sendable {
        case reading(files: Int, of: Int)
        case prepared(Preparation)
        case training(TrainingEvent)
    }

    /// What is trained on.
    public struct Preparation: Sendable {
        public let training: Provenance.Amount
        public let validation: Provenance.Amount
        public let duplicateGroups: Int
        public let skipped: [Corpus.Skipped]
        /// The styles that the network is told of, and how many of the training pieces are in each.
        public let styles: [(name: String, pieces: Int)]
        public let weights: Int
        /// More than 0 when the run goes on from a checkpoint.
        public let stepsDone: Int
    }

    /// What came out.
    public struct Outcome: Sendable {
        /// Nil when the run was stopped before its end; its state is in the checkpoint.
        public let provenance: Provenance?
        public let checkpoint: String
    }

    private let recipe: Recipe
    private let data: MusicSource
    private let output: TrainingOutput
    private let resuming: Bool

    /// - Parameters:
    ///   - data: what is trained on.
    ///   - output: where to write the model; the checkpoint is kept beside it.
    ///   - resuming: whether to go on from the checkpoint, if there is one. Without it a checkpoint
    ///     is an error, so that no run is lost by mistake.
    public init(recipe: Recipe, data: MusicSource, output: String, resuming: Bool) {
        self.recipe = recipe
        self.data = data
        self.output = TrainingOutput(output)
        self.resuming = resuming
    }

    /// Reads, trains to the end or until `shouldStop`, and writes the model.
    public func run(
        shouldStop: @escaping () -> Bool = { false }, onEvent: @escaping @Sendable (Event) -> Void
    ) throws -> Outcome {
        let lock = try output.reserve(resuming: resuming)
        defer { withExtendedLifetime(lock) {} }
        let corpus = try Corpus(
            data, encodedBy: recipe.encoding, validationShare: recipe.validationShare
        ) {
            onEvent(.reading(files: $0, of: $1))
        }
        var split = CorpusSplit(corpus, validationShare: recipe.validationShare)
        // A single piece, or several that are all duplicates, is trained on.
        if split.training.pieces.isEmpty { split = CorpusSplit(corpus, validationShare: 0) }
        let styles = recipe.styles?.known(in: split.training) ?? []
        if let plan = recipe.styles {
            guard !styles.isEmpty else { throw TrainingRunError.noStyles(minimum: plan.minimum) }
            split = split.styled(by: plan, names: styles.map(\.name))
        }
        let encoding = split.training.encoding
        let settings = try recipe.settings(for: encoding)
        let isTold = settings.network.contexts > 0
        let validation = CorpusPieces(
            split.validation, transposing: false, withContext: isTold)
        let trainer = try Trainer(
            settings,
            training: CorpusPieces(split.training, transposing: true, withContext: isTold),
            validation: validation, checkpointPath: output.checkpoint, resuming: resuming)
        onEvent(
            .prepared(
                Preparation(
                    training: split.training.amount, validation: split.validation.amount,
                    duplicateGroups: split.duplicateGroups, skipped: corpus.skipped, styles: styles,
                    weights: trainer.model.weights.count, stepsDone: trainer.stepsDone)))
        let isOver = try trainer.run(shouldStop: shouldStop) { onEvent(.training($0)) }
        guard isOver else { return Outcome(provenance: nil, checkpoint: output.checkpoint) }
        let provenance = provenance(of: split, settings: settings, trainer: trainer) {
            onEvent(.training(.validating(step: trainer.stepsDone, share: $0)))
        }
        try ModelBundle.write(
            trainer.weights, encoding: encoding, network: settings.network,
            provenance: provenance, to: output.path)
        trainer.finish()
        return Outcome(provenance: provenance, checkpoint: output.checkpoint)
    }

    private func provenance(
        of split: CorpusSplit, settings: TrainingSettings, trainer: Trainer,
        progress: (Double) -> Void
    ) -> Provenance {
        let amount = split.validation.amount
        let result = amount.pieces > 0 ? trainer.validate(progress: progress) : nil
        let likelihood = result.map {
            Likelihood(nats: $0.nats, tokens: $0.tokens, notes: amount.notes)
        }
        return Provenance(
            data: data.names, training: split.training.amount, validation: amount,
            programs: split.training.commonPrograms,
            heldOut: split.validation.pieces.map(\.content).sorted(), steps: trainer.stepsDone,
            natsPerToken: likelihood?.natsPerToken,
            bitsPerNote: likelihood?.bitsPerNote,
            settings: settings)
    }
}

extension Corpus {
    /// How much music there is; tokens without start and end.
    package var amount: Provenance.Amount {
        Provenance.Amount(
            pieces: pieces.count, notes: pieces.reduce(0) { $0 + $1.notes },
            tokens: pieces.reduce(0) { $0 + $1.tokens.count })
    }
}
