/// How weights follow the music that they score: dynamic evaluation (Krause et al. 2018, “Dynamic
/// evaluation of neural sequence models”) with the gradients' mean squares of the training pieces.
public struct DynamicEvaluation: Hashable, Sendable, Codable {
    /// How many tokens are scored before the weights learn from them.
    public let segment: Int
    /// η: how far a weight goes, at most, where its gradient is as large as it commonly is in training.
    public let rate: Float
    /// λ: the share of the way back to the trained weights that an average weight goes at each step.
    public let decay: Float

    /// Throws for a number outside its range.
    package init(segment: Int, rate: Float, decay: Float) throws(InvalidSetting) {
        try InvalidSetting.check("the segment", segment, in: 1...4_096)
        try InvalidSetting.checkShare("the rate", rate)
        try InvalidSetting.checkShare("the decay", decay)
        self.segment = segment
        self.rate = rate
        self.decay = decay
    }
}
