import GRDB

extension SessionStore {
    /// A node's place among those of its kind that go on from the same bar of the same parent and are
    /// not deleted, in the order in which they were made.
    func kin(of node: String) async throws -> ExportName.Kin {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*) FILTER (WHERE kin.number < own.number), count(*)
                    FROM node AS own JOIN node AS kin
                        ON kin.session = own.session AND kin.parent IS own.parent
                        AND kin.fromBar = own.fromBar AND kin.kind = own.kind
                    WHERE own.id = ? AND kin.deletion IS NULL
                    """,
                arguments: [node])
            return ExportName.Kin(place: row?[0] ?? 0, count: row?[1] ?? 1)
        }
    }
}
