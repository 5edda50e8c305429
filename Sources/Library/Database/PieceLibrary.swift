import Files
import Foundation
import GRDB

/// A collection of music in one SQLite file: what each piece is and where its file lies. The files
/// themselves stay where they are.
///
/// Several programs may read while one writes. All that is written at once is there whole or not at
/// all, also when the program or the machine stops in between (write-ahead log). Reading leaves every byte
/// of the file as it is.
package struct PieceLibrary: Sendable {
    /// The SQLite file.
    package let path: String
    private let database: DatabaseQueue

    /// How long to wait for another program that writes, in seconds.
    package static let patience = 5.0

    /// - Parameters:
    ///   - making: whether a library that is not there is made, with its folder.
    ///   - patience: seconds to wait for another program.
    package init(
        path: String, making: Bool = false, patience: Double = Self.patience
    ) throws(LibraryError) {
        self.path = path
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { throw .folder(path: path) }
        guard isThere || making else { throw .notThere(path: path) }
        if !isThere { try Self.makeFolder(of: path) }
        database = try LibraryError.telling(of: path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(patience)
            configuration.prepareDatabase { database in
                SearchText.install(in: database)
                // Enough with a write-ahead log.
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
            }
            let isComplete = try isThere && Schema.check(path, configuration)
            // The file remembers its log. To ask for it again, or to open a DatabasePool, would write a table
            // to the file and take it away, each time that it is only read.
            if !isComplete { configuration.journalMode = .wal }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            if !isComplete { try Schema.migrator.migrate(database) }
            return database
        }
    }

    /// Where the library is when none is named: `$XDG_DATA_HOME/clara/library.sqlite`, or below
    /// `~/.local/share`.
    package static func standardPath(environment: [String: String]) -> String {
        // The convention has only whole paths count.
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (data ?? home + "/.local/share") + "/clara/library.sqlite"
    }

    private static func makeFolder(of path: String) throws(LibraryError) {
        let folder = Folder.above(path)
        do {
            try Folder.make(folder)
        } catch {
            throw .unusable(path: path, reason: "its folder \(folder) cannot be made: \(error)")
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(LibraryError) -> Value {
        try LibraryError.telling(of: path) { try database.read(body) }
    }

    /// What `body` writes is written whole or not at all.
    func write<Value>(_ body: (Database) throws -> Value) throws(LibraryError) -> Value {
        try LibraryError.telling(of: path) { try database.write(body) }
    }
}
