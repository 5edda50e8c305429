/// The structureness indicators, SI, of Wu and Yang, "The Jazz Transformer on the Front Line" (ISMIR 2020,
/// section 5): how well the music repeats itself, at three time scales.
///
/// Each is the greatest fitness among all segments of its range of lengths, at any place: the maximum of a
/// band of the fitness scape plot. Theirs is computed from the sound of a rendering, with transpositions
/// and with smoothing along the diagonals; this one from the notes (`ChromaFrames`, `SelfSimilarity`),
/// without either. So figures are comparable with each other, not with theirs.
package struct Structureness: Hashable, Sendable {
    /// Segments of 3 to 8 seconds, 0…1.
    package let short: Double
    /// 8 to 15 seconds.
    package let middle: Double
    /// Longer than 15 seconds.
    package let long: Double

    /// Takes the fourth power of the excerpt's length: 0.01 s for a minute.
    package init(of excerpt: Excerpt) {
        self.init(in: SelfSimilarity(of: ChromaFrames(of: excerpt)))
    }

    init(in matrix: SelfSimilarity) {
        let fitness = SegmentFitness(in: matrix)
        func highest(_ seconds: ClosedRange<Double>) -> Double {
            let shortest = Int((seconds.lowerBound * ChromaFrames.perSecond).rounded(.up))
            let longest = Int(min(Double(matrix.size), seconds.upperBound * ChromaFrames.perSecond))
            var highest = 0.0
            for count in stride(from: shortest, through: min(longest, matrix.size), by: 1) {
                for start in 0...(matrix.size - count) {
                    highest = max(highest, fitness.fitness(ofSegmentAt: start, count: count))
                }
            }
            return highest
        }
        short = highest(3...8)
        middle = highest(8...15)
        long = highest(15...Double.greatestFiniteMagnitude)
    }
}
