/// What came of reading a file of music: a piece, or why there is none.
enum FileReading<Piece: Sendable>: Sendable {
    case piece(Piece)
    case skipped(Corpus.Skipped)

    static func withoutNotes(_ path: String) -> FileReading {
        .skipped(Corpus.Skipped(path: path, reason: "it has no notes besides drums"))
    }

    /// The pieces and the others, each in their order.
    static func sorted(_ readings: [FileReading]) -> (pieces: [Piece], skipped: [Corpus.Skipped]) {
        var pieces: [Piece] = []
        var skipped: [Corpus.Skipped] = []
        for reading in readings {
            switch reading {
            case .piece(let piece): pieces.append(piece)
            case .skipped(let file): skipped.append(file)
            }
        }
        return (pieces, skipped)
    }
}
