import Networks

/// Everything that decides how a run goes, besides the data.
package struct TrainingSettings: Hashable, Sendable, Codable {
    /// When a run is over.
    package enum Length: Hashable, Sendable, Codable {
        case steps(Int)
        case epochs(Double)
        /// Seconds of training, interruptions not counted.
        case seconds(Double)
    }

    package let network: NetworkConfiguration
    /// What an LSTM's embeddings begin in, ± so much; nil for the network's own.
    package let embeddingRange: Float?
    package let regularisation: Regularisation
    package let optimiser: Adam.Settings
    package let schedule: LearningRateSchedule
    package let average: WeightAveraging
    package let length: Length
    /// B, streams in a batch.
    package let streams: Int
    /// T, steps of a window of truncated backpropagation through time.
    package let steps: Int
    /// Whether the windows' steps vary about T, see `WindowLengths`.
    package let isJittered: Bool
    /// Largest Euclidean norm of the gradients of a step.
    package let clip: Float
    package let seed: UInt64
    /// Steps from one validation to the next.
    package let validationInterval: Int
    /// Whether the weights that validated best become the model, rather than the last.
    package let keepsBest: Bool

    /// Throws for a number outside its range.
    package init(
        network: NetworkConfiguration, embeddingRange: Float? = nil,
        regularisation: Regularisation = .none,
        optimiser: Adam.Settings, schedule: LearningRateSchedule, average: WeightAveraging = .none,
        length: Length, streams: Int, steps: Int, isJittered: Bool = false, clip: Float,
        seed: UInt64, validationInterval: Int, keepsBest: Bool = false
    ) throws(InvalidSetting) {
        try average.validate()
        if let embeddingRange {
            try InvalidSetting.checkPositive("network.embedding-range", embeddingRange)
        }
        switch length {
        case .steps(let steps): try InvalidSetting.check("training.steps", steps, in: 1...Int.max)
        case .epochs(let epochs): try InvalidSetting.checkPositive("training.epochs", epochs)
        case .seconds(let seconds): try InvalidSetting.checkPositive("the time", seconds)
        }
        try InvalidSetting.check("training.batch", streams, in: 1...1_024)
        try InvalidSetting.check("training.window", steps, in: 1...4_096)
        try InvalidSetting.checkPositive("optimiser.clip", clip)
        try InvalidSetting.check(
            "training.validate-every", validationInterval, in: 1...Int.max)
        self.network = network
        self.embeddingRange = embeddingRange
        self.regularisation = regularisation
        self.optimiser = optimiser
        self.schedule = schedule
        self.average = average
        self.length = length
        self.streams = streams
        self.steps = steps
        self.isJittered = isJittered
        self.clip = clip
        self.seed = seed
        self.validationInterval = validationInterval
        self.keepsBest = keepsBest
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            network: values.decode(NetworkConfiguration.self, forKey: .network),
            embeddingRange: values.decodeIfPresent(Float.self, forKey: .embeddingRange),
            regularisation: values.decode(Regularisation.self, forKey: .regularisation),
            optimiser: values.decode(Adam.Settings.self, forKey: .optimiser),
            schedule: values.decode(LearningRateSchedule.self, forKey: .schedule),
            average: values.decode(WeightAveraging.self, forKey: .average),
            length: values.decode(Length.self, forKey: .length),
            streams: values.decode(Int.self, forKey: .streams),
            steps: values.decode(Int.self, forKey: .steps),
            isJittered: values.decode(Bool.self, forKey: .isJittered),
            clip: values.decode(Float.self, forKey: .clip),
            seed: values.decode(UInt64.self, forKey: .seed),
            validationInterval: values.decode(Int.self, forKey: .validationInterval),
            // Models of earlier versions do not say.
            keepsBest: values.decodeIfPresent(Bool.self, forKey: .keepsBest) ?? false)
    }

    /// The windows' lengths.
    package var windows: WindowLengths {
        WindowLengths(base: steps, isJittered: isJittered, seed: seed)
    }
}
