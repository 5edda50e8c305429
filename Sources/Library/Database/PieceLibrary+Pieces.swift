import Foundation
import GRDB

extension PieceLibrary {
    package func pieces(_ query: PieceQuery = PieceQuery()) throws(LibraryError) -> [Piece] {
        try read { try query.request.fetchAll($0) }
    }

    package func piece(id: Int64) throws(LibraryError) -> Piece? {
        try read { try Piece.fetchOne($0, key: id) }
    }

    /// In the order of their paths.
    package func failedFiles() throws(LibraryError) -> [FailedFile] {
        try read { try FailedFile.order(Column("path")).fetchAll($0) }
    }

    /// Takes pieces out of the library; their files stay.
    package func remove(_ pieces: [Piece]) throws(LibraryError) {
        try write { database in
            try Piece.deleteAll(database, keys: pieces.compactMap(\.id))
            try Self.forgetGroups(database)
        }
    }

    /// Forgets files that gave no piece.
    package func forget(_ files: [FailedFile]) throws(LibraryError) {
        try write { _ = try FailedFile.deleteAll($0, keys: files.map(\.path)) }
    }

    /// Which pieces are duplicates has to be found again when pieces come or go.
    static func forgetGroups(_ database: Database) throws {
        try Piece.filter(Piece.Column.duplicateGroup != nil)
            .updateAll(database, Piece.Column.duplicateGroup.set(to: nil))
    }
}
