import Foundation
import Library
import MIDIFile
import Score
import TestSupport

/// A folder with a library beside its music.
extension TemporaryFolder {
    @discardableResult
    func write(_ score: Score, to name: String) throws -> String {
        try write(MIDIFile.write(score), to: name)
    }

    var library: PieceLibrary {
        get throws { try PieceLibrary(path: file("library.sqlite"), making: true, patience: 0.05) }
    }

    /// Adds all music in it to its library.
    @discardableResult
    func add(batch: Int = 256) throws -> Addition.Outcome {
        try Addition(of: [path], to: library, batch: batch).run(at: Self.time)
    }

    /// When pieces of tests are added.
    static let time = Date(timeIntervalSince1970: 1_700_000_000)
}
