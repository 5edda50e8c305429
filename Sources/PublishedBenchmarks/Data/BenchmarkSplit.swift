/// The sides of a benchmark's data, as its authors cut it.
public enum BenchmarkSplit: String, Hashable, Sendable, Codable, CaseIterable {
    case train
    /// What models are chosen by.
    case valid
    /// What is published.
    case test
}
