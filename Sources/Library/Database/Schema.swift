import GRDB

/// The library's tables, and how a library of an older Clara comes to have them.
enum Schema {
    /// Marks a SQLite file as a library of Clara's: “Clar” (`PRAGMA application_id`).
    private static let applicationID = 0x436C_6172

    /// A migration that was released is never edited: changes are further migrations.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("Pieces and failed files") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try makePieces(in: database)
            try database.create(table: StoredFingerprint.databaseTableName) { table in
                table.primaryKey("piece", .integer)
                    .references(Piece.databaseTableName, onDelete: .cascade)
                table.column("data", .blob).notNull()
            }
            try database.create(table: FailedFile.databaseTableName) { table in
                table.primaryKey("path", .text)
                table.column("size", .integer).notNull()
                table.column("modified", .integer).notNull()
                table.column("reading", .integer).notNull()
                table.column("reason", .text).notNull()
            }
        }
        return migrator
    }

    private static func makePieces(in database: Database) throws {
        try database.create(table: Piece.databaseTableName) { table in
            // Never used twice, so that a number that was noted down stays true.
            table.autoIncrementedPrimaryKey("id")
            table.column("path", .text).notNull().unique()
            table.column("size", .integer).notNull()
            table.column("modified", .integer).notNull()
            table.column("reading", .integer).notNull()
            table.column("fileHash", .text).notNull().indexed()
            table.column("factsHash", .text).notNull()
            table.column("content", .text).notNull().indexed()
            for name in ["composer", "performer", "style", "parts", "source", "licence"] {
                table.column(name, .text)
            }
            table.column("title", .text).notNull()
            table.column("year", .integer)
            table.column("instruments", .text).notNull()
            table.column("key", .text)
            table.column("meter", .text).notNull()
            table.column("seconds", .double).notNull()
            table.column("bars", .integer).notNull()
            table.column("notes", .integer).notNull()
            table.column("repairs", .text).notNull()
            table.column("added", .datetime).notNull()
            // The first piece of the group of duplicates; null where that is not known yet.
            table.column("duplicateGroup", .integer)
        }
    }

    /// Looks at an existing file before anything is written to it.
    ///
    /// - Returns: whether it is a library that has all its tables.
    /// - Throws: `LibraryError.foreign` or `.newer` where it is not for this Clara to write to.
    static func check(_ path: String, _ configuration: Configuration) throws -> Bool {
        var configuration = configuration
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { database in
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            let mark = try Int.fetchOne(database, sql: "PRAGMA application_id")
            // A file without tables is left of a program that was stopped while it made a library.
            guard tables == 0 || mark == applicationID else {
                throw LibraryError.foreign(path: path)
            }
            if tables > 0, try migrator.hasBeenSuperseded(database) {
                throw LibraryError.newer(path: path)
            }
            return try tables > 0 && migrator.hasCompletedMigrations(database)
        }
    }
}
