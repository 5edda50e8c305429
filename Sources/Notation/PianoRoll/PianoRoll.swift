import Score

/// A piano roll as an SVG picture: time from left to right in lines of whole bars, pitch upwards, a
/// rectangle for each note, darker where it is louder, each part in its colour, the pedal below.
///
/// It fits light and dark surroundings, and has a title and a description for those who do not see it.
/// Lines without a note that begins there are left out, so that a picture grows with the notes and not
/// with the rests.
public struct PianoRoll: Sendable {
    /// Why there is nothing to draw.
    public enum Failure: Error, Hashable, CustomStringConvertible {
        case noNotes(piece: String)

        public var description: String {
            switch self {
            case .noNotes(let piece):
                "\(piece): there are no notes in it to draw; give a piece that has some"
            }
        }
    }

    let score: Score
    let title: String
    /// Where the continuation begins; nil where all is of one hand.
    let seam: Ticks?
    let marks: RollMarks?
    /// The parts with notes; what is said of part n here is said of the nth of these.
    let parts: [Part]
    let systems: [RollSystem]
    /// Where any part's pedal is down, in order.
    let pedals: [Range<Ticks>]

    /// - Parameters:
    ///   - title: stands above, such as the file's name without its ending.
    ///   - name: what the piece is called in errors, such as its path; else as `title`.
    ///   - seam: where a continuation begins, to be marked.
    ///   - marks: passages to be tinted.
    /// - Throws: `Failure.noNotes`.
    public init(
        of score: Score, titled title: String, named name: String? = nil, seam: Ticks? = nil,
        marks: RollMarks? = nil
    ) throws(Failure) {
        let parts = score.parts.filter { !$0.notes.isEmpty }
        guard !parts.isEmpty else { throw .noNotes(piece: name ?? title) }
        self.score = score
        self.title = title
        self.seam = seam
        self.marks = marks
        self.parts = parts
        systems = RollSystem.systems(of: parts, in: score)
        pedals = Self.union(of: parts.flatMap(\.pedals))
    }

    private static func union(of pedals: [Pedal]) -> [Range<Ticks>] {
        var down: [Range<Ticks>] = []
        for press in pedals.sorted(by: { ($0.down, $0.up) < ($1.down, $1.up) }) {
            if let last = down.last, press.down < last.upperBound {
                down[down.count - 1] = last.lowerBound..<max(last.upperBound, press.up)
            } else {
                down.append(press.down..<press.up)
            }
        }
        return down
    }

    /// How many lines of music it has.
    public var systemCount: Int { systems.count }

    /// The picture, a whole XML document.
    public var svg: String { RollDrawing(self).text }
}
