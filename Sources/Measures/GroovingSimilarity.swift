import Score

extension Excerpt {
    /// Positions that a bar is divided into, as Wu and Yang do. So that 4/4 in twelve steps a quarter
    /// loses none, while longer bars lose some.
    private static let positions = 64

    /// The grooving pattern similarity, GS, of Wu and Yang, "The Jazz Transformer on the Front Line"
    /// (ISMIR 2020, section 5): how steady the rhythm is.
    ///
    /// A bar's pattern tells for each of 64 positions, equally far apart whatever the meter, whether a
    /// note begins there. Two bars are alike by the share of positions where both patterns say the same;
    /// the mean over all pairs of bars.
    ///
    /// - Returns: 0…1; nil with fewer than two bars.
    package var groovingSimilarity: Double? {
        guard bars.count >= 2 else { return nil }
        let patterns = bars.map(pattern)
        var (same, pairs) = (0.0, 0)
        for (index, bar) in patterns.enumerated() {
            for other in patterns[..<index] {
                same += 1 - Double((bar ^ other).nonzeroBitCount) / Double(Self.positions)
                pairs += 1
            }
        }
        return same / Double(pairs)
    }

    /// A bit for each position.
    private func pattern(of bar: Range<Ticks>) -> UInt64 {
        let length = (bar.upperBound - bar.lowerBound).count
        return notes.reduce(0) { pattern, note in
            guard bar.contains(note.onset) else { return pattern }
            let place = (note.onset - bar.lowerBound).count * Self.positions / length
            return pattern | 1 << UInt64(place)
        }
    }
}
