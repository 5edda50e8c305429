import GRDB

/// A file that gave no piece, and why.
package struct FailedFile: Hashable, Sendable, Codable {
    /// From the root of the file system.
    package let path: String
    let size: Int64
    let modified: Int64
    let reading: Int
    package let reason: String
}

extension FailedFile: FetchableRecord, PersistableRecord {
    package static let databaseTableName = "failedFile"
}
