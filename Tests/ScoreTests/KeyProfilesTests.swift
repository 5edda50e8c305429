import Score
import Testing

@Suite struct KeyProfilesTests {
    private static let scales = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 11]]

    /// A scale whose tonic and fifth sound three times.
    private func weights(_ key: Int) -> SIMD16<Float> {
        var weights = SIMD16<Float>()
        for degree in Self.scales[key / 12] {
            weights[(key + degree) % 12] = degree % 7 == 0 ? 3 : 1
        }
        return weights
    }

    @Test(arguments: 0..<KeyProfiles.count)
    func aScaleIsInItsKeyHoweverLongItSounds(key: Int) {
        for factor: Float in [1e-6, 1, 1e6] {
            #expect(KeyProfiles.likeliest(for: weights(key) * factor) { _ in 0 } == key)
        }
        #expect(KeyProfiles.correlation(of: weights(key), with: key) > 0.85)
        #expect(KeyProfiles.correlation(of: weights(key), with: (key + 6) % 12) < 0)
    }

    @Test func whatIsRaisedEnoughIsLikeliest() {
        #expect(KeyProfiles.likeliest(for: weights(0)) { $0 == 7 ? 0.01 : 0 } == 0)
        #expect(KeyProfiles.likeliest(for: weights(0)) { $0 == 7 ? 1 : 0 } == 7)
    }

    /// Pearson's does not change with what is added to all.
    @Test func weightsThatAreAllAlikeSayNothing() {
        #expect(KeyProfiles.correlation(of: SIMD16(), with: 3) == 0)
        var alike = SIMD16<Float>(repeating: 5)
        for unused in 12..<16 { alike[unused] = 0 }
        #expect(KeyProfiles.correlation(of: alike, with: 3) == 0)
        let difference =
            KeyProfiles.correlation(of: weights(14) + alike, with: 14)
            - KeyProfiles.correlation(of: weights(14), with: 14)
        #expect(abs(difference) < 1e-5)
    }
}
