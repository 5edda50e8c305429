/// The pieces of the benchmark of chorales: in each sixteenth the pitches of soprano, alto, tenor and
/// bass; nil for a rest.
package struct ChoralePieces: Sendable {
    package typealias Piece = [[Int?]]

    /// What is below counts as a rest.
    package static let pitches = 36...84
    package static let voices = 4

    package let pieces: [Piece]

    package init(_ file: BenchmarkFile, split: BenchmarkSplit) throws(BenchmarkDataError) {
        pieces = try file.pieces(of: split) { (step) throws(StepProblem) in
            guard step.count == Self.voices else {
                throw StepProblem(text: "there are \(step.count) voices, but must be four")
            }
            if let stray = step.first(where: { $0 > Self.pitches.upperBound }) {
                throw StepProblem(
                    text:
                        "\(stray) is above MIDI pitch \(Self.pitches.upperBound), the highest that "
                        + "the benchmark knows")
            }
            return step.map { $0 < Self.pitches.lowerBound ? nil : $0 }
        }
    }

    package var stepCount: Int { pieces.reduce(0) { $0 + $1.count } }
    package var tokenCount: Int { Self.voices * stepCount }
}
