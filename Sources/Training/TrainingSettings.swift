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

    package var network: NetworkConfiguration
    package var regularisation: Regularisation
    package var optimiser: AdamW.Settings
    package var schedule: TrapezoidalSchedule
    package var length: Length
    /// B, streams in a batch.
    package var streams: Int
    /// T, steps of a window of truncated backpropagation through time.
    package var steps: Int
    /// Largest Euclidean norm of the gradients of a step.
    package var clip: Float
    package var seed: UInt64
    /// Steps from one validation to the next.
    package var validationInterval: Int

    package init(
        network: NetworkConfiguration, regularisation: Regularisation, optimiser: AdamW.Settings,
        schedule: TrapezoidalSchedule, length: Length, streams: Int, steps: Int, clip: Float,
        seed: UInt64, validationInterval: Int
    ) {
        self.network = network
        self.regularisation = regularisation
        self.optimiser = optimiser
        self.schedule = schedule
        self.length = length
        self.streams = streams
        self.steps = steps
        self.clip = clip
        self.seed = seed
        self.validationInterval = validationInterval
    }
}
