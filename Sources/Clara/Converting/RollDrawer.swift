import Foundation
import MIDIFile
import Notation
import Score

/// Draws pieces as piano rolls into SVG files; where a piece is a take of Clara's, with its seam.
public enum RollDrawer {
    /// What was drawn.
    public struct Drawing: Hashable, Sendable, Encodable {
        public let file: String
        public let notes: Int
        /// Lines of bars.
        public let systems: Int
        /// Where the continuation begins, in the file's ticks; nil where none is told.
        public let seam: Int?
    }

    /// Writes the roll of `score`, whole or not at all.
    ///
    /// - Parameters:
    ///   - name: the piece's file, whose last part is the title.
    ///   - marks: passages to be tinted.
    /// - Throws: `PianoRoll.Failure` without notes, `OutputError`.
    public static func draw(
        _ score: Score, named name: String, marks: RollMarks? = nil, to path: String
    ) throws -> Drawing {
        let seam = TakeSettings.seam(of: score)
        let title = ((name as NSString).lastPathComponent as NSString).deletingPathExtension
        let roll = try PianoRoll(of: score, titled: title, named: name, seam: seam, marks: marks)
        try OutputFile(path).write(roll.svg)
        return Drawing(
            file: path, notes: score.noteCount, systems: roll.systemCount, seam: seam?.count)
    }
}
