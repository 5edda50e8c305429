import Clara
import Files
import Foundation
import Library

/// Takes pieces into the library of pieces.
struct LibraryShelf: Sendable {
    /// The library's file.
    let path: String

    /// What became of a piece.
    struct Entry: Encodable, Hashable, Sendable {
        let title: String
        let file: String
        let library: String
    }

    /// Writes a piece into the folder “studio” beside the library, and adds it.
    func add(_ export: PieceExport, at time: Date) throws -> Entry {
        let folder = "\(Folder.above(path))/studio"
        do {
            try Folder.make(folder)
        } catch {
            guard StudioError(error) != .diskFull else { throw StudioError.diskFull }
            throw StudioError.unusable("\(folder): this folder cannot be made: \(error)")
        }
        let name = "\(export.fileName)-\(SessionStore.newID().prefix(6)).mid"
        let file = "\(folder)/\(name)"
        try OutputFile(file).write(export.midi)
        let outcome: Addition.Outcome
        do {
            let library = try PieceLibrary(path: path, making: true)
            outcome = try Addition(of: [file], to: library).run(at: time)
        } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw error
        }
        // The library remembers what it did not take, with the file's name.
        if let failure = outcome.failed.first {
            throw StudioError.unusable("The library did not take it: \(failure.reason)")
        }
        return Entry(title: export.title, file: file, library: path)
    }
}

extension LibraryShelf {
    /// Where the library is when none is named.
    static func standardPath(environment: [String: String]) -> String {
        PieceLibrary.standardPath(environment: environment)
    }
}
