import Files
import Foundation
import MIDIFile

/// Puts the files of pieces into a folder, with a table of what they are.
package struct LibraryExport: Sendable {
    private let pieces: [Piece]
    private let folder: String
    private let linking: Bool

    /// - Parameters:
    ///   - folder: made where it is not there; files in it are not overwritten.
    ///   - linking: whether the files become links instead of copies.
    package init(of pieces: [Piece], to folder: String, linking: Bool = false) {
        self.pieces = pieces
        self.folder = folder
        self.linking = linking
    }

    /// - Parameter progress: called with the number of files done.
    /// - Returns: what was not there any more.
    package func run(progress: (Int) -> Void = { _ in }) throws(ExportError) -> [Piece] {
        do {
            try Folder.make(folder)
        } catch {
            throw .unmakable(folder: folder, reason: "\(error)")
        }
        let table = folder + "/" + SidecarTable.fileName
        guard !FileManager.default.fileExists(atPath: table) else { throw .taken(path: table) }
        var missing: [Piece] = []
        var lines = [CSVRow.text(Self.columns)]
        var taken: Set<String> = []
        for (index, piece) in pieces.enumerated() {
            guard FileManager.default.fileExists(atPath: piece.path) else {
                missing.append(piece)
                continue
            }
            let name = Self.name(for: piece, taken: &taken)
            try put(piece.path, at: folder + "/" + name)
            lines.append(CSVRow.text(Self.cells(of: piece, name: name)))
            progress(index + 1)
        }
        do {
            try WholeFile.save(Array(lines.joined().utf8), to: table)
        } catch {
            throw .unwritable(path: table, reason: "\(error)")
        }
        return missing
    }

    private func put(_ file: String, at path: String) throws(ExportError) {
        guard !FileManager.default.fileExists(atPath: path) else { throw .taken(path: path) }
        if linking {
            guard symlink(file, path) == 0 else {
                throw .unwritable(path: path, reason: String(cString: strerror(errno)))
            }
            return
        }
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.bytes(of: file, limit: MIDIFile.maximumFileSize)
        } catch {
            throw .unreadable(path: file, reason: "\(error)")
        }
        do {
            try WholeFile.save(bytes, to: path)
        } catch {
            throw .unwritable(path: path, reason: "\(error)")
        }
    }

    /// The file's own name, with a number where another piece's file has it, whatever its capitals.
    private static func name(for piece: Piece, taken: inout Set<String>) -> String {
        let name = (piece.path as NSString).lastPathComponent as NSString
        var candidate = name as String
        var number = 2
        while !taken.insert(candidate.lowercased()).inserted {
            candidate = "\(name.deletingPathExtension)-\(number).\(name.pathExtension)"
            number += 1
        }
        return candidate
    }

    private static let columns = [
        "file", "composer", "performer", "title", "style", "year", "instruments", "key", "meter",
        "seconds", "bars", "notes", "source", "licence",
    ]

    private static func cells(of piece: Piece, name: String) -> [String] {
        [
            name, piece.composer ?? "", piece.performer ?? "", piece.title, piece.style ?? "",
            piece.year.map(String.init) ?? "", piece.instruments, piece.key ?? "", piece.meter,
            String(format: "%.3f", piece.seconds), String(piece.bars), String(piece.notes),
            piece.source ?? "", piece.licence ?? "",
        ]
    }
}

/// Why pieces cannot be exported.
package enum ExportError: Error, Hashable, CustomStringConvertible {
    case taken(path: String)
    case unmakable(folder: String, reason: String)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)

    package var description: String {
        switch self {
        case .taken(let path):
            "\(path): is there already and was left as it is; export into an empty folder"
        case .unmakable(let folder, let reason):
            "\(folder): this folder cannot be made: \(reason); choose another place"
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason); make it readable, or leave it out by the query"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason); choose another place, or make room there"
        }
    }
}
