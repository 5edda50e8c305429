import Files
import Foundation
import MIDIFile

/// Finds the files of music below a folder.
package enum MusicFolder {
    /// All files of music below the paths, each once, by their paths from the root of the file system,
    /// in order.
    ///
    /// - Parameter paths: folders, searched to the bottom, or files.
    static func files(in paths: [String]) throws(AddingError) -> [String] {
        var found: Set<String> = []
        for path in paths {
            guard let real = wholePath(path) else { throw .notThere(path: path) }
            do {
                found.formUnion(try files(at: real))
            } catch {
                throw .unreadable(path: path)
            }
        }
        return found.sorted()
    }

    /// The file at `path`, or all files of music below a folder there, in order.
    ///
    /// - Parameter isWanted: gets the path of what was found in a folder and has a name of music.
    package static func files(
        at path: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(FileError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing
        }
        guard isFolder.boolValue else { return [path] }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .system("permission denied")
        }
        return names(inFolder: path, where: isWanted).map {
            (path as NSString).appendingPathComponent($0)
        }
    }

    /// The same of a folder, by their paths from there.
    package static func names(
        inFolder folder: String, where isWanted: (String) -> Bool = { _ in true }
    ) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (names ?? []).filter { name in
            MIDIFile.isName(name) && isWanted((folder as NSString).appendingPathComponent(name))
        }.sorted()
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
