import Foundation
import MIDIFile

/// Writes takes as MIDI files: all of them, or none where one cannot be written.
public struct TakeFiles {
    /// One path for each take.
    public let paths: [String]

    /// - Parameters:
    ///   - output: a folder, made if it is not there; or a name that ends in `.mid`, for one take the
    ///     file, for several its beginning.
    ///   - prompt: the prompt's path; files in a folder are named after it.
    public init(output: String, prompt: String, takes: Int) {
        let isFile = output.lowercased().hasSuffix(".mid")
        if isFile && takes == 1 {
            paths = [output]
            return
        }
        let stem = ((isFile ? output : prompt) as NSString).deletingPathExtension
        let base =
            isFile ? stem : (output as NSString).appendingPathComponent((stem as NSString).lastPathComponent)
        paths = (1...takes).map { "\(base)-take-\($0).mid" }
    }

    /// Writes the takes in their order. Nothing new is left behind on failure.
    public func write(_ takes: [Take]) throws {
        precondition(takes.count == paths.count, "one path for each take")
        let folder = (paths[0] as NSString).deletingLastPathComponent
        let manager = FileManager.default
        let isNew = !folder.isEmpty && !manager.fileExists(atPath: folder)
        if isNew {
            do {
                try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw ContinuationError.unwritable(
                    path: folder, reason: error.localizedDescription)
            }
        }
        var written: [String] = []
        do {
            for (take, path) in zip(takes, paths) {
                let isNewFile = !manager.fileExists(atPath: path)
                try MIDIFile.write(take.score, endingAt: take.end, to: path)
                if isNewFile { written.append(path) }
            }
        } catch {
            for path in written { try? manager.removeItem(atPath: path) }
            if isNew { try? manager.removeItem(atPath: folder) }
            throw error
        }
    }
}
