import Networks

/// Everything that decides how a run goes, besides the data.
public struct TrainingSettings: Hashable, Sendable, Codable {
    /// When a run is over.
    public enum Length: Hashable, Sendable, Codable {
        case steps(Int)
        case epochs(Double)
        /// Seconds of training, interruptions not counted.
        case seconds(Double)
    }

    public var network: LSTMConfiguration
    public var dropout: DropoutRates
    public var optimiser: AdamW.Settings
    public var schedule: TrapezoidalSchedule
    public var length: Length
    /// B, streams in a batch.
    public var streams: Int
    /// T, steps of a window of truncated backpropagation through time.
    public var steps: Int
    /// Largest Euclidean norm of the gradients of a step.
    public var clip: Float
    public var seed: UInt64
    /// Steps from one validation to the next.
    public var validationInterval: Int

    public init(
        network: LSTMConfiguration, dropout: DropoutRates, optimiser: AdamW.Settings,
        schedule: TrapezoidalSchedule, length: Length, streams: Int, steps: Int, clip: Float,
        seed: UInt64, validationInterval: Int
    ) {
        self.network = network
        self.dropout = dropout
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
