import Foundation
import Library
import MIDIFile
import Score

/// A folder of its own for a test, with a library beside its music; removed with the value's end.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        // Links in the path, such as macOS' /var, would make other paths than those found.
        let temporary = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
        path = temporary + "/clara-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ data: Data, to name: String) throws -> String {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
        return url.path
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Data(text.utf8), to: name)
    }

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
