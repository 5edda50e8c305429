/// What a classifier's trainer tells while it works; shells show it.
package enum ClassifierTrainingEvent: Hashable, Sendable {
    /// An epoch begins, in which the parameter groups from `firstGroup` on are trained.
    case began(epoch: Int, firstGroup: Int)
    /// A batch was learnt from: `step` of `totalSteps`, its loss in nats per piece.
    case progressed(step: Int, totalSteps: Int, natsPerPiece: Double, learningRate: Float)
    /// The held-out pieces were scored after an epoch.
    case evaluated(epoch: Int, score: ClassifierScore)
}
