import GRDB

/// How much is kept. What was deleted is kept for as long as there is room for it.
extension SessionStore {
    /// Makes room for what was just written to a session.
    ///
    /// - Throws: `StudioError.conflict` where it is full even without what was deleted in it.
    static func makeRoom(
        in session: String, _ limits: StudioLimits, _ database: Database
    ) throws {
        if try hasRoom(in: session, limits, database) { return }
        try database.execute(
            sql: "DELETE FROM node WHERE session = ? AND deletion IS NOT NULL",
            arguments: [session])
        guard try hasRoom(in: session, limits, database) else { throw full(limits) }
    }

    private static func hasRoom(
        in session: String, _ limits: StudioLimits, _ database: Database
    ) throws -> Bool {
        let kept = try contents(of: session, "", database)
        return kept.nodes <= limits.nodesOfSession && kept.bytes <= limits.bytesOfSession
    }

    /// - Parameter condition: which nodes count, as the end of a condition in SQL.
    private static func contents(
        of session: String, _ condition: String, _ database: Database
    ) throws -> (nodes: Int, bytes: Int) {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT count(*), coalesce(sum(size), 0) FROM node WHERE session = ? \(condition)",
            arguments: [session])
        return (row?[0] ?? 0, row?[1] ?? 0)
    }

    /// Finds out before takes are written whether so many can be kept.
    ///
    /// - Throws: `StudioError.conflict`.
    func checkRoom(forTakes count: Int, in session: String) async throws {
        let limits = limits
        try await read { database in
            let kept = try Self.contents(of: session, "AND deletion IS NULL", database)
            guard kept.nodes + count <= limits.nodesOfSession, kept.bytes < limits.bytesOfSession
            else { throw Self.full(limits) }
        }
    }

    private static func full(_ limits: StudioLimits) -> StudioError {
        .conflict(
            "This piece has no room left: with all its branches it may have "
                + "\(limits.nodesOfSession) passages and takes, of \(limits.bytesOfSession >> 20) MB; "
                + "delete some, or begin another piece.")
    }

    /// Makes room for the session that was just written.
    ///
    /// - Throws: `StudioError.conflict` where there are too many even without those that were deleted.
    static func makeRoom(_ limits: StudioLimits, _ database: Database) throws {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM session") ?? 0
        let surplus = count - limits.sessions
        guard surplus > 0 else { return }
        try database.execute(
            sql: """
                DELETE FROM session WHERE id IN
                    (SELECT id FROM session WHERE deleted IS NOT NULL ORDER BY deleted LIMIT ?)
                """, arguments: [surplus])
        guard database.changesCount == surplus else {
            throw StudioError.conflict(
                "There are \(limits.sessions) pieces already; delete some that you do not need.")
        }
    }
}
