/// What a simple model counted on the training split gets: what an evaluator must reproduce before it
/// is trusted.
public struct BenchmarkAnchor: Hashable, Sendable, Codable {
    public let name: String
    /// Nats per frame, or per token of the chorales.
    public let nats: Double
}
