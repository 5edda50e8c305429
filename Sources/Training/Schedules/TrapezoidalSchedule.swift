/// The learning rate over a run: a linear rise, a plateau, a linear fall to nearly nothing
/// (warm-up–stable–decay; Hägele et al. 2024).
///
/// Only the fall needs to know how long the run is, so a run can be given a time instead of a number
/// of steps, and the number fixed when the plateau ends.
package struct TrapezoidalSchedule: Hashable, Sendable, Codable {
    /// The learning rate of the plateau.
    package let rate: Float
    /// Steps of the rise.
    package let warmup: Int
    /// The share of the run that is fall, 0…1.
    package let decay: Double

    /// Throws for a number outside its range.
    package init(rate: Float, warmup: Int, decay: Double) throws(InvalidSetting) {
        try InvalidSetting.checkPositive("schedule.rate", rate)
        try InvalidSetting.check("schedule.warmup", warmup, in: 0...Int.max)
        guard (0...1).contains(decay) else {
            throw InvalidSetting("schedule.decay", decay, legal: "0…1")
        }
        self.rate = rate
        self.warmup = warmup
        self.decay = decay
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            rate: values.decode(Float.self, forKey: .rate),
            warmup: values.decode(Int.self, forKey: .warmup),
            decay: values.decode(Double.self, forKey: .decay))
    }

    /// The rate of `step`, counted from 0, in a run of `total` steps; of a run without end if nil.
    package func rate(atStep step: Int, of total: Int?) -> Float {
        var factor = warmup > 0 ? min(1, Float(step + 1) / Float(warmup)) : 1
        if let total {
            let fall = max(1, Double(total) * decay)
            factor *= Float(min(1, max(0, Double(total - step) / fall)))
        }
        return rate * factor
    }
}
