import Foundation

/// A linear rise over some steps, and half a cosine down over the whole run, multiplied (Loshchilov &
/// Hutter 2017, one cycle without restarts; as PyTorch's `LinearLR` chained with `CosineAnnealingLR`).
///
/// The cosine goes by the share of the run that is done, so a run can be given a time instead of a
/// number of steps: its rates then follow the clock.
package struct CosineSchedule: Hashable, Sendable, Codable {
    /// The learning rate that the rise leads to.
    package let rate: Float
    /// Steps of the rise.
    package let warmup: Int
    /// The rate at the run's end, as a share of `rate`, 0…1.
    package let end: Double

    /// Throws for a number outside its range.
    package init(rate: Float, warmup: Int, end: Double = 0) throws(InvalidSetting) {
        try InvalidSetting.checkPositive("schedule.rate", rate)
        try InvalidSetting.check("schedule.warmup", warmup, in: 0...Int.max)
        guard (0...1).contains(end) else {
            throw InvalidSetting("schedule.end", end, legal: "0…1")
        }
        self.rate = rate
        self.warmup = warmup
        self.end = end
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            rate: values.decode(Float.self, forKey: .rate),
            warmup: values.decode(Int.self, forKey: .warmup),
            end: values.decode(Double.self, forKey: .end))
    }

    /// The rate of `step`, counted from 0, before which `share` of the run is done.
    package func rate(atStep step: Int, share: Double) -> Float {
        let rise = warmup > 0 ? min(1, Double(step + 1) / Double(warmup)) : 1
        let fall = end + (1 - end) * (1 + cos(.pi * min(1, max(0, share)))) / 2
        return Float(Double(rate) * rise * fall)
    }
}
