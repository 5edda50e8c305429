/// How alike each two frames of a piece are, made ready for finding what comes again (Müller, Jiang and
/// Grosche, "A Robust Fitness Measure for Capturing Repetitions in Music Recordings", IEEE TASLP 2013).
package struct SelfSimilarity: Hashable, Sendable {
    /// The share of pairs that count as alike.
    private static let share = 0.15
    /// What every other pair costs a path that leads over it.
    private static let penalty = -2.0

    /// N
    package let size: Int
    /// (N, N), at most 1; 1 on the diagonal.
    package let values: [Double]

    /// - Parameter values: (N, N), 1 on the diagonal and at most 1 elsewhere.
    package init(size: Int, values: [Double]) {
        precondition(values.count == size * size, "a pair of frames has a value")
        self.size = size
        self.values = values
    }

    /// The cosines of the frames' chroma. The `share` of them that is highest is scaled to 0…1, its lowest
    /// to 0; all else becomes `penalty`. Where more are equal to the lowest, all of them count.
    package init(of chroma: ChromaFrames) {
        let frames = chroma.frames
        var values: [Double] = []
        values.reserveCapacity(frames.count * frames.count)
        for a in frames {
            for b in frames { values.append(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }) }
        }
        if !values.isEmpty {
            let kept = Int(Self.share * Double(values.count))
            let lowest = values.sorted(by: >)[min(kept, values.count - 1)]
            // Music that never changes is alike everywhere.
            let scale = lowest < 1 - 1e-9 ? 1 / (1 - lowest) : 0
            values = values.map { value in
                guard value >= lowest, value > 0 else { return Self.penalty }
                return scale > 0 ? (value - lowest) * scale : 1
            }
        }
        for frame in frames.indices { values[frame * (frames.count + 1)] = 1 }
        self.init(size: frames.count, values: values)
    }
}
