import GRDB

/// Why a library cannot be used. Its description is one line: what, where, what to do.
package enum LibraryError: Error, Hashable, CustomStringConvertible {
    case notThere(path: String)
    case folder(path: String)
    /// A file that is no SQLite database, or one that belongs to another program.
    case foreign(path: String)
    case newer(path: String)
    case locked(path: String)
    case damaged(path: String, reason: String)
    case full(path: String)
    case unusable(path: String, reason: String)

    package var description: String {
        switch self {
        case .notThere(let path):
            "\(path): there is no library; make one by clara library add <folder>, or name another "
                + "by --library"
        case .folder(let path):
            "\(path): is a folder; name the library's file in it, such as library.sqlite, by --library"
        case .foreign(let path):
            "\(path): is no library of Clara's and was left as it is; name another file by --library"
        case .newer(let path):
            "\(path): was made by a newer Clara; use that one, or name another file by --library"
        case .locked(let path):
            "\(path): another program is writing to it; try again when that has ended"
        case .damaged(let path, let reason):
            "\(path): is damaged (\(reason)); move it away and add the folders again, the music "
                + "itself is not in it"
        case .full(let path):
            "\(path): the disk is full; make room and do it again, nothing is lost"
        case .unusable(let path, let reason):
            "\(path): cannot be used: \(reason); choose another place by --library"
        }
    }

    /// What an error of SQLite's or GRDB's means for the library at `path`.
    package init(_ error: any Error, path: String) {
        switch error {
        case let error as LibraryError: self = error
        case let error as DatabaseError: self.init(database: error, path: path)
        // A row that is not as Clara writes them.
        case is RowDecodingError: self = .damaged(path: path, reason: "a row cannot be read")
        default: self = .unusable(path: path, reason: "\(error)")
        }
    }

    private init(database error: DatabaseError, path: String) {
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
        case .SQLITE_NOTADB: self = .foreign(path: path)
        case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT:
            self = .damaged(path: path, reason: reason)
        case .SQLITE_FULL: self = .full(path: path)
        default: self = .unusable(path: path, reason: reason)
        }
    }

    static func telling<Value>(
        of path: String, _ body: () throws -> Value
    ) throws(LibraryError) -> Value {
        do {
            return try body()
        } catch {
            throw LibraryError(error, path: path)
        }
    }
}
