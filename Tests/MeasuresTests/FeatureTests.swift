import Foundation
import Measures
import Score
import Testing

struct FeatureTests {
    /// C4 and E4 together, a quarter and a half; G4, an eighth; C4, a dotted quarter.
    private static func excerpt() throws -> Excerpt {
        try Music.excerpt([(60, 0, 1), (64, 0, 2), (67, 2, 0.5), (60, 2.5, 1.5)], quarters: 4)
    }

    @Test(arguments: [
        (MusicFeature.pitchCount, 3.0), (.pitchRange, 7), (.noteCount, 4),
        // E–G and G–C of the upper line.
        (.averagePitchInterval, 5), (.averageInterOnset, 1.25),
    ])
    func figuresAreAsByHand(feature: MusicFeature, value: Double) throws {
        #expect(try Self.excerpt().values(of: feature) == [value])
    }

    @Test func histogramsAreShares() throws {
        let excerpt = try Self.excerpt()
        let classes = excerpt.values(of: .pitchClassHistogram)
        #expect([classes[0], classes[4], classes[7]] == [0.5, 0.25, 0.25])
        let lengths = excerpt.values(of: .noteLengthHistogram)
        // Half, quarter, eighth, dotted quarter.
        #expect([lengths[1], lengths[2], lengths[3], lengths[6]] == [0.25, 0.25, 0.25, 0.25])
        let steps = excerpt.values(of: .pitchClassTransitions)
        #expect([steps[4 * 12 + 7], steps[7 * 12]] == [0.5, 0.5])
    }

    @Test(arguments: MusicFeature.allCases)
    func nothingHasValuesToo(feature: MusicFeature) throws {
        let values = try Music.excerpt([], quarters: 4).values(of: feature)
        #expect(!values.isEmpty && values.allSatisfy { $0 == 0 })
        #expect(try values.count == Self.excerpt().values(of: feature).count)
    }

    @Test func equalDistancesOverlapWholly() {
        let density = DistanceDensity(of: [1, 2, 3, 5], upTo: 10)
        #expect(isClose(density.shares.reduce(0, +), 1))
        #expect(isClose(density.overlap(with: density), 1))
        #expect(isClose(density.divergence(from: density), 0))
    }

    @Test func distantDistancesDoNotOverlap() {
        let near = DistanceDensity(of: [1, 1.1, 0.9], upTo: 10)
        let far = DistanceDensity(of: [9, 9.1, 8.9], upTo: 10)
        #expect(near.overlap(with: far) < 1e-6)
        #expect(near.divergence(from: far) > 10)
    }

    /// Peaks at 4 and 6 beside peaks at 5 and 7, of 500 distances each: a standard deviation of 1, so a
    /// bandwidth of h = 1000^(−1/5) = 0.2512. Neighbours, 1 apart, have 2 Φ(−1 / 2h) = 0.0465 of their
    /// area in common; three such pairs, each of half the weight: 0.0698.
    @Test func neighbouringPeaksOverlapAsByHand() {
        func density(_ low: Double, _ high: Double) -> DistanceDensity {
            DistanceDensity(
                of: Array(repeating: low, count: 500) + Array(repeating: high, count: 500), upTo: 10
            )
        }
        #expect(isClose(density(4, 6).overlap(with: density(5, 7)), 0.0698, within: 0.003))
    }

    /// Pairs of one group do not count: members of group 0 are equal, and would be a peak at 0.
    @Test func setsOfOneKindOverlap() throws {
        let values = (0..<60).map { [Double(($0 * 37) % 60) / 10] }
        let groups = Array(0..<60)
        func overlap(_ other: [[Double]], _ otherGroups: [Int]) throws -> FeatureOverlap {
            try #require(
                FeatureOverlap(
                    of: .averagePitchInterval, reference: values, groups: groups, other: other,
                    otherGroups: otherGroups))
        }
        #expect(try overlap(values, groups).area > 0.99)
        #expect(try overlap(values.map { [$0[0] + 15] }, groups).area < 0.1)
        #expect(
            FeatureOverlap(
                of: .noteCount, reference: [[1], [2]], groups: [4, 4], other: [[1]],
                otherGroups: [4]) == nil)
    }
}
