/// A row of a published table: nats per frame of the benchmark of frames, or per token of the chorales.
public struct BenchmarkFigures: Hashable, Sendable, Codable {
    public let pieces: Int
    /// How many frames, or tokens.
    public let units: Int
    /// Σ −ln p over all units, divided by their number: the headline.
    public let nats: Double
    /// The mean of the pieces' own means.
    public let meanOfPieceMeans: Double
    /// The same as the headline without each piece's first frame, or step.
    public let natsAfterFirst: Double

    /// - Parameters:
    ///   - steps: for each piece −ln p of each of its steps, in nats.
    ///   - unitsPerStep: 1 for frames, the number of voices for chorales.
    init(steps: [[Double]], unitsPerStep: Int) {
        let whole = steps.filter { !$0.isEmpty }
        func mean(_ nats: Double, _ count: Int) -> Double {
            count > 0 ? nats / Double(count * unitsPerStep) : 0
        }
        let sums = whole.map { $0.reduce(0, +) }
        let count = whole.reduce(0) { $0 + $1.count }
        pieces = whole.count
        units = count * unitsPerStep
        nats = mean(sums.reduce(0, +), count)
        let means = zip(sums, whole).map { mean($0, $1.count) }
        meanOfPieceMeans = means.isEmpty ? 0 : means.reduce(0, +) / Double(means.count)
        let firsts = whole.reduce(0) { $0 + $1[0] }
        natsAfterFirst = mean(sums.reduce(0, +) - firsts, count - whole.count)
    }
}
