import Foundation
import MIDIFile

/// Writes takes as MIDI files: all of them, or none where one cannot be written.
public struct TakeFiles {
    /// One path for each take.
    public let paths: [String]
    private let output: String
    private let prompt: String?

    /// Each file's name ends in its take's seed, so that new takes do not overwrite others, or in the
    /// rank of its beam.
    ///
    /// - Parameters:
    ///   - output: a folder, made if it is not there; or a name that ends in `.mid` or `.midi`, for one
    ///     take the file, for several its beginning.
    ///   - name: what files in a folder are named after, such as the prompt's path.
    ///   - prompt: a file that must not be written to.
    ///   - origins: the takes'.
    public init(
        output: String, named name: String, apartFrom prompt: String? = nil, origins: [Take.Origin]
    ) {
        self.output = output
        self.prompt = prompt
        let isFile = ["mid", "midi"].contains((output as NSString).pathExtension.lowercased())
        if isFile && origins.count == 1 {
            paths = [output]
            return
        }
        var base = ((isFile ? output : name) as NSString).deletingPathExtension
        if !isFile {
            base = (output as NSString).appendingPathComponent((base as NSString).lastPathComponent)
        }
        paths = origins.map { "\(base)-\($0.name).mid" }
    }

    /// Finds out before the work whether the takes can be written after it.
    ///
    /// - Throws: `OutputError` where a path cannot be a file, or is the prompt's.
    public func check() throws(OutputError) {
        guard !output.isEmpty else { throw .noName }
        for path in paths {
            try OutputFile(path).check(makingFolder: true)
            if let prompt { try OutputFile(path).checkIsOther(than: prompt) }
        }
    }

    /// Writes the takes in their order, to the first paths where there are fewer takes. Nothing new is
    /// left behind on failure.
    public func write(_ takes: [Take]) throws {
        precondition(takes.count <= paths.count, "a path for each take")
        guard let first = paths.first else { return }
        let folder = (first as NSString).deletingLastPathComponent
        let manager = FileManager.default
        let isNew = !folder.isEmpty && !manager.fileExists(atPath: folder)
        try OutputFile(first).makeFolder()
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
