import Score

/// How long each pitch class sounds in each half second of an excerpt, smoothed: what its
/// self-similarity is judged by.
///
/// A frame is half a second. Its chroma is the time that each pitch class sounds, summed over the notes,
/// in the two seconds of which the frame is the third quarter-part (the frame itself, two before it and
/// one after it), scaled to the length 1; zero in silence. Keys count as long as they are held; pedal and
/// loudness do not. Of an excerpt longer than `limit` frames the beginning counts.
package struct ChromaFrames: Hashable, Sendable {
    package static let perSecond = 2.0
    /// Two minutes.
    package static let limit = 240
    /// Frames that are summed, from the frame on.
    private static let smoothing = -2...1

    /// (N, 12), each of length 1 or 0.
    package let frames: [[Double]]

    package init(of excerpt: Excerpt) {
        let count = min(Self.limit, Int((excerpt.seconds * Self.perSecond).rounded(.up)))
        var sounding = [[Double]](repeating: [Double](repeating: 0, count: 12), count: count)
        for note in excerpt.notes {
            let start = excerpt.seconds(at: note.onset) * Self.perSecond
            let end = min(Double(count), excerpt.seconds(at: note.end) * Self.perSecond)
            guard start < end else { continue }
            for frame in Int(start)..<Int(end.rounded(.up)) {
                let overlap = min(end, Double(frame + 1)) - max(start, Double(frame))
                sounding[frame][note.pitch.number % 12] += overlap
            }
        }
        frames = sounding.indices.map { frame in
            let window = Self.smoothing.map { frame + $0 }.filter(sounding.indices.contains)
            return Self.unit(
                (0..<12).map { pitchClass in window.reduce(0) { $0 + sounding[$1][pitchClass] } })
        }
    }

    private static func unit(_ vector: [Double]) -> [Double] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }
}
