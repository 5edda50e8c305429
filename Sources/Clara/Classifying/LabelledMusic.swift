import Encodings

/// A piece, or what somebody wrote after a prompt, whose class is known, cut into passages.
struct LabelledPiece: Sendable {
    /// The class, counted from 0.
    let label: Int
    /// The same for duplicates, and for all that was written after prompts from one piece.
    let group: Int
    /// At least one text.
    let passages: [[Int]]
}

/// What a classifier learns from, what it is calibrated on, and what nothing may be known of: divided by
/// piece, duplicates on one side.
struct LabelledMusic: Sendable {
    /// The classes' names.
    let classes: [String]
    var training: [LabelledPiece] = []
    var calibration: [LabelledPiece] = []
    var heldOut: [LabelledPiece] = []
    /// The contents of the held-out pieces.
    let heldOutContents: [MusicContent]
    /// The files that gave no piece.
    let skipped: [Corpus.Skipped]
}

extension LabelledMusic {
    /// - Throws: `ClassifyingError` where a side has no piece.
    func check(data: [String]) throws(ClassifyingError) {
        let sides = [
            (training, "to train on"), (calibration, "to calibrate on"), (heldOut, "to hold out"),
        ]
        for (pieces, side) in sides where pieces.isEmpty {
            throw .noPieces(side: side, data: data)
        }
    }
}
