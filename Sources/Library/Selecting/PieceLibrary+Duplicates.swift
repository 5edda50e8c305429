import Foundation
import GRDB
import Similarity

extension PieceLibrary {
    /// Sees to it that each piece's duplicates are known. That takes a while after pieces have come or
    /// gone, and nothing otherwise.
    ///
    /// Pieces with the same notes are duplicates, and those that `Similarity` finds to be alike; so are
    /// their duplicates. A group is known by the number of its first piece.
    package func findDuplicates() throws(LibraryError) {
        let (ids, contents, data) = try read { database in
            let isKnown =
                try Piece.filter(Piece.Column.duplicateGroup == nil).isEmpty(database)
            return isKnown ? ([], [], []) : try Self.fingerprints(in: database)
        }
        guard !ids.isEmpty else { return }
        let prints = try LibraryError.telling(of: path) {
            do {
                return try data.map { try Fingerprint(bytes: $0) }
            } catch {
                throw LibraryError.damaged(path: path, reason: "\(error)")
            }
        }
        var groups = PieceGroups(DuplicateGroups(prints).representatives)
        groups.join(by: contents)
        try write { database in
            // Pieces that came meanwhile make all unknown again, and those that went are not there.
            let now = try Self.fingerprints(in: database).ids
            guard now == ids else { return }
            for (id, first) in zip(ids, groups.representatives) {
                try Piece.filter(Piece.Column.id == id)
                    .updateAll(database, Piece.Column.duplicateGroup.set(to: ids[first]))
            }
        }
    }

    /// Pieces without pitched notes have no contents: drums alone are not told apart by them.
    private static func fingerprints(
        in database: Database
    ) throws -> (ids: [Int64], contents: [String?], data: [Data]) {
        var result: (ids: [Int64], contents: [String?], data: [Data]) = ([], [], [])
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT piece.id, iif(piece.key IS NULL, NULL, piece.content), fingerprint.data
                FROM piece JOIN fingerprint ON fingerprint.piece = piece.id ORDER BY piece.id
                """)
        while let row = try rows.next() {
            result.ids.append(row[0])
            result.contents.append(row[1])
            result.data.append(row[2])
        }
        return result
    }

    /// The groups of two or more duplicates that have a piece among `pieces`, whole and in the order
    /// of their first pieces.
    package func duplicates(of pieces: [Piece]) throws(LibraryError) -> [[Piece]] {
        try findDuplicates()
        let wanted = Set(pieces.compactMap(\.id))
        let all = try read { try Piece.order(Piece.Column.id).fetchAll($0) }
        let groups = Dictionary(grouping: all) { $0.duplicateGroup ?? $0.id ?? 0 }
        return groups.sorted { $0.key < $1.key }.map(\.value).filter { group in
            group.count > 1 && group.contains { $0.id.map(wanted.contains) == true }
        }
    }
}

/// Groups that grow together.
struct PieceGroups {
    /// For each piece the smallest index of its group.
    private(set) var representatives: [Int]

    init(_ representatives: [Int]) { self.representatives = representatives }

    /// Joins the groups of pieces that have the same value, if they have one.
    mutating func join(by values: [String?]) {
        var first: [String: Int] = [:]
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            guard let other = first[value] else {
                first[value] = index
                continue
            }
            let (a, b) = (representatives[other], representatives[index])
            guard a != b else { continue }
            for piece in representatives.indices where representatives[piece] == max(a, b) {
                representatives[piece] = min(a, b)
            }
        }
    }
}
