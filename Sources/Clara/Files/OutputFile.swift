import Files
import Foundation

/// A file that a use case is going to write.
public struct OutputFile: Hashable, Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The path of `file` with another ending.
    public static func path(of file: String, endingIn ending: String) -> String {
        "\((file as NSString).deletingPathExtension).\(ending)"
    }

    private var folder: String { Folder.above(path) }

    /// Finds out before hours of work whether the file can be written after them.
    ///
    /// - Parameters:
    ///   - makingFolder: whether `makeFolder` is going to make the folders that are missing.
    ///   - allowingDevice: whether a device or a pipe will do.
    /// - Throws: when the path is a folder or a device, or its folder is not there or not writable.
    public func check(
        makingFolder: Bool = false, allowingDevice: Bool = false
    ) throws(OutputError) {
        if allowingDevice, kind == .other { return }
        if path.isEmpty { throw .noName }
        if path.hasSuffix("/") { throw .folder(path: path) }
        var folder = OutputFile(self.folder)
        while makingFolder, folder.kind == .missing, folder.folder != folder.path {
            folder = OutputFile(folder.folder)
        }
        switch folder.kind {
        case .folder: break
        case .missing: throw .noFolder(path: path, folder: folder.path)
        case .file, .other: throw .notAFolder(path: folder.path)
        }
        guard access(folder.path, W_OK) == 0 else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
        switch kind {
        case .missing, .file: break
        case .folder: throw .folder(path: path)
        case .other: throw .unwritable(path: path, reason: "\(FileError.noRegularFile)")
        }
    }

    /// The same; and that the file is called as those of its kind, and is not what is read.
    ///
    /// - Parameter source: the path of a file that must not be lost; nil where there is none.
    public func check(
        isOf expected: FileKind, otherThan source: String? = nil
    ) throws(OutputError) {
        try check()
        if let source { try checkIsOther(than: source) }
        try checkName(isOf: expected)
    }

    private enum Kind { case missing, file, folder, other }

    /// What the path leads to.
    private var kind: Kind {
        var status = stat()
        guard stat(path, &status) == 0 else { return .missing }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// - Parameter source: the path of a file that is read, and must not be lost.
    /// - Throws: when both paths lead to one file, by links or other spellings too.
    public func checkIsOther(than source: String) throws(OutputError) {
        var (mine, other) = (stat(), stat())
        if stat(path, &mine) == 0, stat(source, &other) == 0, mine.st_dev == other.st_dev,
            mine.st_ino == other.st_ino
        {
            throw .source(path: path)
        }
    }

    /// - Throws: when the name ends otherwise than those of files of its kind, so that other programs
    ///   would take it for something else. Devices may be called anything.
    public func checkName(isOf expected: FileKind) throws(OutputError) {
        let ending = (path as NSString).pathExtension.lowercased()
        guard kind == .other || expected.endings.contains(ending) else {
            throw .otherEnding(path: path, expected)
        }
    }

    /// Writes the text as `WholeFile` does, whole or not at all.
    public func write(_ text: String) throws(OutputError) { try write(Array(text.utf8)) }

    /// Writes the bytes as `WholeFile` does, whole or not at all.
    public func write(_ bytes: [UInt8]) throws(OutputError) {
        guard OutputFile(folder).kind == .folder else {
            throw .noFolder(path: path, folder: folder)
        }
        do {
            try WholeFile.save(bytes, to: path)
        } catch {
            throw error == .folder
                ? .folder(path: path) : .unwritable(path: path, reason: "\(error)")
        }
    }

    /// Makes the folders above the file where they are missing.
    public func makeFolder() throws(OutputError) {
        do {
            try Folder.make(folder)
        } catch {
            throw .unmakable(folder: folder, reason: "\(error)")
        }
    }
}

/// Why a file cannot be written.
public enum OutputError: Error, Hashable, CustomStringConvertible {
    case noName
    case noFolder(path: String, folder: String)
    case folder(path: String)
    /// Something else is where a folder ought to be.
    case notAFolder(path: String)
    case unmakable(folder: String, reason: String)
    /// The file is what it would be made of.
    case source(path: String)
    /// The file's name promises something else than what is to be written.
    case otherEnding(path: String, FileKind)
    case unwritable(path: String, reason: String)

    public var description: String {
        switch self {
        case .noName: "what is to be written has no name; give it one"
        case .noFolder(let path, let folder):
            "\(path): cannot be written, because there is no folder \(folder); make it, or choose "
                + "another place"
        case .folder(let path):
            "\(path): is a folder; name a file in it"
        case .notAFolder(let path):
            "\(path): is no folder, so no file can be written into it; choose another place"
        case .unmakable(let folder, let reason):
            "\(folder): this folder cannot be made: \(reason); choose another place"
        case .source(let path):
            "\(path): is the file that is read and would be lost; choose another name"
        case .otherEnding(let path, let kind):
            "\(path): what is to be written is \(kind.name); let the name end in "
                + kind.endings.map { ".\($0)" }.joined(separator: " or ")
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason); choose another place"
        }
    }
}
