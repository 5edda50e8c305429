import Measures

/// How a measure is distributed over continuations.
public struct SampleSummary: Hashable, Sendable, Encodable {
    /// How many continuations have a value.
    public let count: Int
    public let mean: Double
    /// Of the mean, as if continuations of one piece had nothing to do with each other.
    public let standardError: Double
    public let lowest: Double
    /// 5 in 100 are below it; and so on.
    public let fifth: Double
    public let lowerQuartile: Double
    public let median: Double
    public let upperQuartile: Double
    public let ninetyFifth: Double
    public let highest: Double

    /// - Returns: nil without values.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let lowest = sorted.first, let highest = sorted.last else { return nil }
        count = values.count
        mean = values.mean
        standardError = (values.sampleVariance / Double(count)).squareRoot()
        self.lowest = lowest
        self.highest = highest
        /// Interpolated between neighbours.
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
        fifth = quantile(0.05)
        lowerQuartile = quantile(0.25)
        median = quantile(0.5)
        upperQuartile = quantile(0.75)
        ninetyFifth = quantile(0.95)
    }
}
