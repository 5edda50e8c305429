import Foundation

/// One cycle of the learning rate (Smith 2018) as fastai's `fit_one_cycle` has it: half a cosine up
/// to `rate`, then half a cosine down to nearly nothing; Adam's β1 the other way, if it moves at all.
///
/// It goes by the share of the run that is done, so a run can be given a time instead of a number of
/// steps: its rates then follow the clock.
package struct OneCycleSchedule: Hashable, Sendable, Codable {
    /// Adam's β1: `high` at both ends of the run, `low` where the rate is highest.
    package struct Momentum: Hashable, Sendable, Codable {
        package let high: Float
        package let low: Float

        /// Throws for a number outside 0 ≤ β1 < 1.
        package init(high: Float = 0.95, low: Float = 0.85) throws(InvalidSetting) {
            try InvalidSetting.checkShare("schedule.beta1-high", high)
            try InvalidSetting.checkShare("schedule.beta1-low", low)
            self.high = high
            self.low = low
        }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            try self.init(
                high: values.decode(Float.self, forKey: .high),
                low: values.decode(Float.self, forKey: .low))
        }
    }

    /// The highest learning rate.
    package let rate: Float
    /// The share of the run that is rise, above 0 and below 1.
    package let rise: Double
    /// The first rate is `rate / startDivisor`, the last nearly `rate / endDivisor`; at least 1 each.
    package let startDivisor: Double
    package let endDivisor: Double
    /// Nil where β1 stays the optimiser's own.
    package let momentum: Momentum?

    /// Throws for a number outside its range.
    package init(
        rate: Float, rise: Double = 0.25, startDivisor: Double = 25, endDivisor: Double = 1e5,
        momentum: Momentum? = nil
    ) throws(InvalidSetting) {
        try InvalidSetting.checkPositive("schedule.rate", rate)
        guard rise > 0, rise < 1 else {
            throw InvalidSetting("schedule.rise", rise, legal: "above 0 and below 1")
        }
        let divisors = [
            ("schedule.start-divisor", startDivisor), ("schedule.end-divisor", endDivisor),
        ]
        for (name, value) in divisors where !(value >= 1 && value.isFinite) {
            throw InvalidSetting(name, value, legal: "a number of at least 1")
        }
        self.rate = rate
        self.rise = rise
        self.startDivisor = startDivisor
        self.endDivisor = endDivisor
        self.momentum = momentum
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            rate: values.decode(Float.self, forKey: .rate),
            rise: values.decode(Double.self, forKey: .rise),
            startDivisor: values.decode(Double.self, forKey: .startDivisor),
            endDivisor: values.decode(Double.self, forKey: .endDivisor),
            momentum: values.decodeIfPresent(Momentum.self, forKey: .momentum))
    }

    /// The rate after `share` of the run, 0…1.
    package func rate(atShare share: Double) -> Float {
        let top = Double(rate)
        return Float(
            between(ends: (top / startDivisor, top / endDivisor), middle: top, atShare: share))
    }

    /// Adam's β1 after `share` of the run, 0…1.
    package func beta1(atShare share: Double) -> Float? {
        momentum.map {
            Float(
                between(
                    ends: (Double($0.high), Double($0.high)), middle: Double($0.low),
                    atShare: share))
        }
    }

    private func between(
        ends: (first: Double, last: Double), middle: Double, atShare share: Double
    ) -> Double {
        let share = min(1, max(0, share))
        if share < rise { return cosine(from: ends.first, to: middle, at: share / rise) }
        return cosine(from: middle, to: ends.last, at: (share - rise) / (1 - rise))
    }

    /// Half a cosine between two values, 0 ≤ `position` ≤ 1.
    private func cosine(from first: Double, to last: Double, at position: Double) -> Double {
        first + (last - first) * (1 - cos(.pi * position)) / 2
    }
}
