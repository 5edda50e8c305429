extension [Double] {
    /// 0 of nothing.
    package var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

    /// The unbiased estimate from a sample; 0 of fewer than two.
    package var sampleVariance: Double {
        let mean = mean
        return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Swift.max(1, count - 1))
    }
}
