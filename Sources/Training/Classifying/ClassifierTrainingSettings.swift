import Networks

/// Everything that decides how the training of a classifier goes, besides the data.
package struct ClassifierTrainingSettings: Hashable, Sendable, Codable {
    package let classifier: ClassifierConfiguration
    package let regularisation: Regularisation
    package let headDropout: HeadDropout
    package let optimiser: Adam.Settings
    /// The head's learning rate over the run.
    package let schedule: LearningRateSchedule
    /// Each group's learning rate is its upper neighbour's over this: 1 for the same rate everywhere;
    /// ULMFiT 2.6.
    package let layerFactor: Float
    package let unfreezing: Unfreezing
    package let epochs: Int
    /// B, pieces in a batch.
    package let streams: Int
    /// T, steps of a window; longer pieces are read in several.
    package let steps: Int
    /// Largest Euclidean norm of the gradients of a step.
    package let clip: Float
    package let seed: UInt64

    /// Throws for a number outside its range, for an optimiser other than AdamW, and for activation
    /// regularisation, which is a language model's.
    package init(
        classifier: ClassifierConfiguration, regularisation: Regularisation = .none,
        headDropout: HeadDropout = .none, optimiser: Adam.Settings,
        schedule: LearningRateSchedule, layerFactor: Float = 1, unfreezing: Unfreezing = .none,
        epochs: Int, streams: Int, steps: Int, clip: Float, seed: UInt64
    ) throws(InvalidSetting) {
        guard regularisation.activation == 0, regularisation.temporalActivation == 0 else {
            throw InvalidSetting(
                "regularisation.activation",
                max(regularisation.activation, regularisation.temporalActivation),
                legal: "0 for a classifier")
        }
        guard optimiser.kind == .adamW else {
            throw InvalidSetting(
                "optimiser.kind", optimiser.kind.rawValue, legal: "adamw for a classifier")
        }
        guard layerFactor >= 1, layerFactor.isFinite else {
            throw InvalidSetting(
                "training.layer-factor", layerFactor, legal: "a number of at least 1")
        }
        if case .gradual(let epochsEach) = unfreezing {
            try InvalidSetting.check("training.unfreeze-every", epochsEach, in: 1...Int.max)
        }
        try InvalidSetting.check("training.epochs", epochs, in: 1...1_000_000)
        try InvalidSetting.check("training.batch", streams, in: 1...1_024)
        try InvalidSetting.check("training.window", steps, in: 1...4_096)
        try InvalidSetting.checkPositive("optimiser.clip", clip)
        self.classifier = classifier
        self.regularisation = regularisation
        self.headDropout = headDropout
        self.optimiser = optimiser
        self.schedule = schedule
        self.layerFactor = layerFactor
        self.unfreezing = unfreezing
        self.epochs = epochs
        self.streams = streams
        self.steps = steps
        self.clip = clip
        self.seed = seed
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            classifier: values.decode(ClassifierConfiguration.self, forKey: .classifier),
            regularisation: values.decode(Regularisation.self, forKey: .regularisation),
            headDropout: values.decode(HeadDropout.self, forKey: .headDropout),
            optimiser: values.decode(Adam.Settings.self, forKey: .optimiser),
            schedule: values.decode(LearningRateSchedule.self, forKey: .schedule),
            layerFactor: values.decode(Float.self, forKey: .layerFactor),
            unfreezing: values.decode(Unfreezing.self, forKey: .unfreezing),
            epochs: values.decode(Int.self, forKey: .epochs),
            streams: values.decode(Int.self, forKey: .streams),
            steps: values.decode(Int.self, forKey: .steps),
            clip: values.decode(Float.self, forKey: .clip),
            seed: values.decode(UInt64.self, forKey: .seed))
    }
}
