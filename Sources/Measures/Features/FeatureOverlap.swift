/// How far a set of music is like another in one feature, after Yang and Lerch, "On the evaluation of
/// generative models in music" (2018, section 4).
///
/// The Euclidean distances between members of the reference are compared with those between members of
/// the reference and of the other set. Were both sets of one kind, both distances would be distributed
/// alike: an overlapped area of 1, a divergence of 0. Unlike in the published implementation pairs from one
/// group, such as continuations of one piece, do not count: what they have in common is no achievement.
package struct FeatureOverlap: Hashable, Sendable {
    /// 0…1
    package let area: Double
    /// Of the reference's distances from those between the sets, in nats.
    package let divergence: Double

    /// - Parameters:
    ///   - groups: a number for each member of a set.
    /// - Returns: nil where either comparison has no pair.
    package init?(
        of feature: MusicFeature, reference: [[Double]], groups: [Int], other: [[Double]],
        otherGroups: [Int]
    ) {
        var within: [Double] = []
        var between: [Double] = []
        for (index, member) in reference.enumerated() {
            for former in 0..<index where groups[former] != groups[index] {
                within.append(Self.distance(member, reference[former]))
            }
            for stranger in other.indices where otherGroups[stranger] != groups[index] {
                between.append(Self.distance(member, other[stranger]))
            }
        }
        guard !within.isEmpty, !between.isEmpty else { return nil }
        let own = DistanceDensity(of: within, upTo: feature.greatestDistance)
        let cross = DistanceDensity(of: between, upTo: feature.greatestDistance)
        area = own.overlap(with: cross)
        divergence = own.divergence(from: cross)
    }

    private static func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}
