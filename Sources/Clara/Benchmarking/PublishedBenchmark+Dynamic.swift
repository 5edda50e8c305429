import PublishedBenchmarks

extension PublishedBenchmark {
    /// The numbers of `DynamicEvaluation` that did best, of a dozen, on pieces of the validation split:
    /// of JSB's for frames.
    package var dynamicEvaluation: (segment: Int, rate: Float, decay: Float) {
        switch self {
        case .frames: (segment: 8, rate: 0.0002, decay: 0.003)
        case .chorales: (segment: 64, rate: 0.0003, decay: 0.01)
        }
    }
}
