/// How long or how often each degree of a key sounds in music that is in it, and which of the 24 keys fits best what
/// sounds (Albrecht and Shanahan, *The use of large corpora to train a new type of key-finding algorithm*, Music
/// Perception 31, 2013).
package enum KeyProfiles {
    /// How many keys there are: major, C first, then minor.
    package static let count = 24

    /// What each scale degree's share is, from the tonic up by semitones.
    private static let degrees: [[Float]] = [
        [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081],
        [0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052],
    ]

    /// Each key's shares of the pitch classes, C first, less their mean, and of length 1; the last four are 0.
    private static let profiles: [SIMD16<Float>] = (0..<count).map { key in
        var profile = SIMD16<Float>()
        for pitchClass in 0..<12 {
            profile[pitchClass] = degrees[key / 12][(pitchClass + 12 - key % 12) % 12]
        }
        return unit(profile)
    }

    /// How well a key fits.
    ///
    /// - Parameters:
    ///   - weights: of the pitch classes, C first; the last four are 0.
    ///   - key: 0…11 for major on C…B, 12…23 for minor.
    /// - Returns: Pearson's correlation, −1…1; 0 where all weights are alike.
    package static func correlation(of weights: SIMD16<Float>, with key: Int) -> Float {
        (unit(weights) * profiles[key]).sum()
    }

    /// - Parameters:
    ///   - weights: of the pitch classes, C first; the last four are 0.
    ///   - addition: what the correlation of a key is raised by.
    /// - Returns: the key with the highest correlation, the first of several.
    package static func likeliest(
        for weights: SIMD16<Float>, raisedBy addition: (_ key: Int) -> Float
    ) -> Int {
        let weights = unit(weights)
        var (best, most) = (0, -Float.infinity)
        for key in 0..<count {
            let strength = (weights * profiles[key]).sum() + addition(key)
            if strength > most { (best, most) = (key, strength) }
        }
        return best
    }

    /// Less the mean of the twelve and of length 1, or 0 where they are alike.
    private static func unit(_ weights: SIMD16<Float>) -> SIMD16<Float> {
        var varying = weights - weights.sum() / 12
        for unused in 12..<16 { varying[unused] = 0 }
        let square = (varying * varying).sum()
        return square > 0 ? varying / square.squareRoot() : SIMD16()
    }
}
