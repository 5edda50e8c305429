import GRDB

/// The tables of the sessions' file.
package enum SessionSchema {
    /// Marks a SQLite file as the studio's: “ClSt” (`PRAGMA application_id`).
    static let applicationID = 0x436C_5374

    /// A migration that was released is never edited: changes are further migrations.
    package static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("Sessions and nodes") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.create(table: "session") { table in
                table.primaryKey("id", .text)
                table.column("title", .text).notNull()
                table.column("created", .text).notNull()
                table.column("changed", .text).notNull().indexed()
                table.column("tempo", .double).notNull()
                table.column("meter", .text).notNull()
                // JSON, as parts are told.
                table.column("parts", .text).notNull()
                table.column("root", .text).notNull()
                // When it was deleted; null while it is there.
                table.column("deleted", .text)
            }
            try database.create(table: "node") { table in
                table.autoIncrementedPrimaryKey("number")
                table.column("id", .text).notNull().unique()
                table.column("session", .text).notNull().indexed()
                    .references("session", onDelete: .cascade)
                table.column("parent", .text)
                table.column("kind", .text).notNull()
                table.column("name", .text).notNull()
                table.column("annotation", .text).notNull()
                table.column("pinned", .boolean).notNull()
                // The node whose deletion took it along; null while it is there.
                table.column("deletion", .text)
                table.column("fromBar", .integer).notNull()
                table.column("bars", .integer).notNull()
                // JSON.
                table.column("music", .text).notNull()
                table.column("raw", .text)
                table.column("take", .text)
                table.column("created", .text).notNull()
            }
        }
        migrator.registerMigration("Sizes of nodes") { database in
            try database.alter(table: "node") { table in
                // Bytes of music and raw.
                table.add(column: "size", .integer).notNull().defaults(to: 0)
            }
            try database.execute(
                sql: "UPDATE node SET size = length(music) + coalesce(length(raw), 0)")
            // Holds all that a sum over a session asks for.
            try database.create(
                index: "nodeSize", on: "node", columns: ["session", "deletion", "size"])
        }
        return migrator
    }

    /// Looks at an existing file before anything is written to it.
    ///
    /// - Throws: `StudioError.unusable` where it is another program's.
    static func check(_ path: String, _ configuration: Configuration) throws {
        var configuration = configuration
        configuration.readonly = true
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            let mark = try Int.fetchOne(database, sql: "PRAGMA application_id")
            guard tables == 0 || mark == applicationID else {
                throw StudioError.unusable(
                    "\(path): is no file of sessions and was left as it is; name another by "
                        + "--sessions")
            }
            if tables > 0, try migrator.hasBeenSuperseded(database) {
                throw StudioError.unusable(
                    "\(path): was made by a newer Clara; use that one, or name another file by "
                        + "--sessions")
            }
        }
    }
}
