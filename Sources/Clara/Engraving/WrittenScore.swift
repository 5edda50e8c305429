import Files
import Foundation
import MIDIFile
import Notation
import Score

/// A MIDI file written down as a score.
public struct WrittenScore: Sendable {
    /// What was written, and what of it is not as the file has it.
    public struct Summary: Encodable, Sendable {
        public let file: String
        public let title: String
        public let bars: Int
        /// The key that the score begins in.
        public let key: String
        public let parts: [Part]
        /// Notes that are printed, a tied one counted once.
        public let notes: Int
        /// Whether the onsets were taken for a performance's and moved to a grid beat by beat.
        public let isPerformance: Bool
        /// Notes that begin elsewhere than in the file.
        public let movedOnsets: Int
        /// By how many quarter notes onsets moved in the mean of all notes.
        public let meanShift: Double
        /// Notes that are longer or shorter than in the file.
        public let changedDurations: Int
        /// Notes of drums, which are left out.
        public let drumNotes: Int
    }

    public struct Part: Encodable, Sendable {
        public let name: String
        public let staves: Int
        public let notes: Int
    }

    public let summary: Summary
    private let sheet: SheetMusic

    /// Reads a MIDI file and writes it down.
    ///
    /// - Parameters:
    ///   - title: printed above; from the file's name where none is given.
    ///   - composer: printed at the right.
    /// - Throws: `MIDIFileError`, or why there is nothing to write.
    public init(ofFile path: String, title: String? = nil, composer: String? = nil) throws {
        let (score, _) = try MIDIFile.read(contentsOf: path)
        let title = title ?? Self.title(ofFile: path)
        do {
            sheet = try SheetMusic(of: score, title: title, composer: composer)
        } catch {
            throw EngravingError.notWritable(path: path, reason: "\(error)")
        }
        let changes = sheet.changes
        let parts = sheet.parts.map {
            Part(name: $0.name, staves: $0.staves.count, notes: $0.notes.count)
        }
        summary = Summary(
            file: path, title: title, bars: sheet.bars.count, key: sheet.bars[0].key.name,
            parts: parts, notes: parts.reduce(0) { $0 + $1.notes },
            isPerformance: changes.isPerformance, movedOnsets: changes.movedOnsets,
            meanShift: changes.meanShift, changedDurations: changes.changedDurations,
            drumNotes: changes.drums)
    }

    /// The score as a MusicXML 4.0 document.
    public var musicXML: String { sheet.musicXML(software: "Clara") }

    /// The notes at the times and for the lengths that are printed.
    public var quantised: Score { sheet.quantised }

    /// “waltz-in-a-minor.mid” is “Waltz in a minor”.
    private static func title(ofFile path: String) -> String {
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let words = name.split { $0 == "-" || $0 == "_" }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
