/// What a trainer tells while it works; shells show it.
public enum TrainingEvent: Sendable {
    /// Some steps were done.
    case progressed(TrainingProgress)
    /// Some of the validation pieces were scored, `share` of them, 0…1.
    case validating(step: Int, share: Double)
    /// The validation pieces were scored after `step` steps.
    case validated(step: Int, result: PieceScorer.Result)
    /// The state is safe in the checkpoint.
    case saved(step: Int)
}

/// How far a run is.
public struct TrainingProgress: Hashable, Sendable {
    /// Steps done, counted from the beginning of the run.
    public let step: Int
    /// Steps in all; nil while a run of given time has not fixed them.
    public let totalSteps: Int?
    /// How often all pieces have been dealt.
    public let epoch: Double
    /// The share of the run that is done, 0…1.
    public let share: Double
    /// Tokens a second since the last such event.
    public let tokensPerSecond: Double
    /// Seconds until the run is over, at the present rate.
    public let secondsLeft: Double
    /// Nats per token since the last such event.
    public let natsPerToken: Double
    public let learningRate: Float
}

/// Why a run stopped before its end.
public enum TrainingError: Error, Hashable, CustomStringConvertible {
    /// The loss or its gradients were no finite numbers any more, which began at `place`; the last good
    /// state is in the checkpoint, if there is one yet.
    case diverged(step: Int, place: String, checkpoint: String?)
    /// The checkpoint belongs to a run with other settings or other data.
    case otherRun(checkpoint: String, what: String)
    case unreadableCheckpoint(path: String)

    public var description: String {
        switch self {
        case .diverged(let step, let place, let checkpoint):
            "training diverged at step \(step): \(place) are no finite numbers any more; try a lower "
                + "learning rate"
                + (checkpoint.map { " (the last good state is in \($0))" } ?? "")
        case .otherRun(let checkpoint, let what):
            "\(checkpoint): belongs to a run with another \(what); resume with the same settings and "
                + "data, or delete it to start anew"
        case .unreadableCheckpoint(let path):
            "\(path): is not a checkpoint that training can resume from"
        }
    }
}
