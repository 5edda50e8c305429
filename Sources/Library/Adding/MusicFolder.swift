import Foundation
import MIDIFile

/// Finds the files of music below a folder.
enum MusicFolder {
    /// All files of music below the paths, each once, by their paths from the root of the file system,
    /// in order.
    ///
    /// - Parameter paths: folders, searched to the bottom, or files.
    static func files(in paths: [String]) throws(AddingError) -> [String] {
        var found: Set<String> = []
        for path in paths {
            guard let real = wholePath(path) else { throw .notThere(path: path) }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: real, isDirectory: &isFolder),
                isFolder.boolValue
            else {
                found.insert(real)
                continue
            }
            guard let names = FileManager.default.enumerator(atPath: real),
                FileManager.default.isReadableFile(atPath: real)
            else { throw .unreadable(path: path) }
            let prefix = real == "/" ? "/" : real + "/"
            for case let name as String in names where MIDIFile.isName(name) {
                found.insert(prefix + name)
            }
        }
        return found.sorted()
    }

    /// The path from the root, links followed, so that a file has one path only; nil where nothing is.
    static func wholePath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}

/// Why music cannot be added.
package enum AddingError: Error, Hashable, CustomStringConvertible {
    case notThere(path: String)
    case unreadable(path: String)
    case noFiles(paths: [String])

    package var description: String {
        switch self {
        case .notThere(let path):
            "\(path): there is no such file or folder; give a folder of MIDI files"
        case .unreadable(let path): "\(path): cannot be read: permission denied"
        case .noFiles(let paths):
            "\(paths.joined(separator: ", ")): there are no MIDI files there; give a folder that has "
                + "some"
        }
    }
}
