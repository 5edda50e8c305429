import Files
import Foundation

/// Many MIDI files to one text file each, below one folder.
public struct FolderConversion: Sendable {
    /// A file and where its text goes.
    struct Job: Hashable, Sendable {
        let input: String
        let output: String
        /// Whether the file was named itself, not found in a folder.
        let isNamed: Bool
    }

    /// What became of a file.
    public enum Result: Sendable {
        case written(TextConverter.Text, file: String, output: String)
        case skipped(Corpus.Skipped)
    }

    let jobs: [Job]

    public var count: Int { jobs.count }

    /// - Parameters:
    ///   - inputs: files, whose texts go into `folder` itself, and folders, searched to the bottom,
    ///     whose texts keep their places relative to them.
    /// - Throws: `CorpusError` where an input does not exist, `ConversionError` where there is no
    ///   file or two would be written to one place.
    public init(_ inputs: [String], to folder: String) throws {
        var jobs: [Job] = []
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
                throw CorpusError.notThere(path: input)
            }
            guard isFolder.boolValue else {
                let name = (input as NSString).lastPathComponent
                jobs.append(
                    Job(input: input, output: Self.text(name, in: folder), isNamed: true))
                continue
            }
            for name in Corpus.names(inFolder: input) {
                let file = (input as NSString).appendingPathComponent(name)
                jobs.append(
                    Job(input: file, output: Self.text(name, in: folder), isNamed: false))
            }
        }
        guard !jobs.isEmpty else {
            throw ConversionError.noFiles(folder: inputs.joined(separator: ", "))
        }
        var taken: [String: String] = [:]
        for job in jobs {
            if let other = taken.updateValue(job.input, forKey: job.output) {
                throw ConversionError.sameOutput(
                    file: other, other: job.input, output: job.output)
            }
        }
        self.jobs = jobs
    }

    private static func text(_ name: String, in folder: String) -> String {
        let text = (name as NSString).deletingPathExtension + ".txt"
        return (folder as NSString).appendingPathComponent(text)
    }

    /// Converts one file after the other. In folders what cannot be used is skipped; a file that was
    /// named itself must be usable.
    ///
    /// - Parameter onResult: called after each file.
    public func run(
        by converter: TextConverter, onResult: (Result) throws -> Void
    ) throws {
        var skipped: [Corpus.Skipped] = []
        for job in jobs {
            let text: TextConverter.Text
            do {
                text = try converter.text(ofFile: job.input)
            } catch  where !job.isNamed {
                let file = Corpus.Skipped(path: job.input, reason: error.reason(without: job.input))
                skipped.append(file)
                try onResult(.skipped(file))
                continue
            }
            let output = OutputFile(job.output)
            try output.makeFolder()
            try output.write(text.text + "\n")
            try onResult(.written(text, file: job.input, output: job.output))
        }
        if let first = skipped.first, skipped.count == jobs.count {
            throw ConversionError.nothingUsable(first: first)
        }
    }
}
