/// A task whose likelihoods others have published.
public enum PublishedBenchmark: String, Hashable, Sendable, Codable, CaseIterable {
    /// Which pitches sound in each frame (Boulanger-Lewandowski et al. 2012).
    case frames
    /// Bach's chorales, four voices on the grid of sixteenths.
    case chorales
}
