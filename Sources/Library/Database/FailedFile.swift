import GRDB

/// A file that gave no piece, and why.
package struct FailedFile: Hashable, Sendable, Codable {
    /// From the root of the file system.
    package let path: String
    let size: Int64
    let modified: Int64
    let reading: Int
    package let reason: String

    /// What has a file's name and is none, or went before it could be read.
    static func noFile(_ path: String) -> FailedFile {
        FailedFile(
            path: path, size: 0, modified: 0, reading: PieceReader.version,
            reason: "it is no regular file")
    }
}

extension FailedFile: FetchableRecord, PersistableRecord {
    package static let databaseTableName = "failedFile"
}
