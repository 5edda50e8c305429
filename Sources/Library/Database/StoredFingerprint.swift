import Foundation
import GRDB

/// What a piece is known again by, beside it in the library.
struct StoredFingerprint: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "fingerprint"

    let piece: Int64
    let data: Data
}
