import Measures

/// One figure by which the plain critic tells a machine's continuations from people's.
public struct CriticTell: Hashable, Sendable, Encodable {
    /// The kinds of figures it belongs to, for people.
    public let family: String
    /// For people.
    public let title: String
    /// Its part of what tells the two, of 1: the log odds that it adds from people's to the machine's, beside
    /// what all figures add. Below 0 where it misleads.
    public let share: Double
    /// Means over the continuations; of what is counted, of shares of 1.
    public let composers: Double
    public let machine: Double

    /// Of all figures, the strongest first.
    static func all(
        _ trial: CriticTrial, composers: [[Double]], machine: [[Double]]
    ) -> [CriticTell] {
        let whole = trial.separation.reduce(0, +)
        guard whole > 0 else { return [] }
        return CriticFeatures.features.enumerated().map { index, feature in
            func mean(_ vectors: [[Double]]) -> Double {
                vectors.map { feature.isRootOfShare ? $0[index] * $0[index] : $0[index] }.mean
            }
            return CriticTell(
                family: feature.family, title: feature.title,
                share: trial.separation[index] / whole, composers: mean(composers),
                machine: mean(machine))
        }
        .sorted { $0.share > $1.share }
    }
}
