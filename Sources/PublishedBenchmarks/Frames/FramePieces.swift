/// The pieces of a benchmark of frames: in each frame the MIDI pitches that sound, ascending.
package struct FramePieces: Sendable {
    package typealias Piece = [[Int]]

    /// The keys of a piano.
    package static let pitches = 21...108

    package let pieces: [Piece]

    package init(_ file: BenchmarkFile, split: BenchmarkSplit) throws(BenchmarkDataError) {
        pieces = try file.pieces(of: split) { (frame) throws(StepProblem) in
            if let stray = frame.first(where: { !Self.pitches.contains($0) }) {
                throw StepProblem(
                    text: "\(stray) is no key of a piano, which are MIDI pitches 21 to 108")
            }
            let sorted = frame.sorted()
            if let pair = zip(sorted, sorted.dropFirst()).first(where: { $0 == $1 }) {
                throw StepProblem(text: "pitch \(pair.0) stands there twice")
            }
            return sorted
        }
    }

    package var frameCount: Int { pieces.reduce(0) { $0 + $1.count } }
    package var noteCount: Int { pieces.joined().reduce(0) { $0 + $1.count } }
}
