import GRDB

extension StudioNode {
    init(_ row: Row) throws {
        let kind: String = row["kind"]
        id = row["id"]
        parent = row["parent"]
        self.kind = Kind(rawValue: kind) ?? .played
        name = row["name"]
        annotation = row["annotation"]
        pinned = row["pinned"]
        deleted = (row["deletion"] as String?) != nil
        fromBar = row["fromBar"]
        bars = row["bars"]
        music = try JSON.decode(NodeMusic.self, from: row["music"] as String)
        raw = try (row["raw"] as String?).map { try JSON.decode([RawNote].self, from: $0) }
        take = try (row["take"] as String?).map { try JSON.decode(TakeFacts.self, from: $0) }
        created = row["created"]
    }

    func insert(into session: String, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO node (id, session, parent, kind, name, annotation, pinned, fromBar,
                    bars, music, raw, take, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, session, parent, kind.rawValue, name, annotation, pinned, fromBar, bars,
                JSON.text(music), raw.map { JSON.text($0) }, take.map { JSON.text($0) }, created,
            ])
        _ = try measure(in: database)
    }

    /// Writes what of a node can change.
    func update(in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE node SET name = ?, annotation = ?, pinned = ?, music = ?, bars = ?,
                    take = ? WHERE id = ?
                """,
            arguments: [
                name, annotation, pinned, JSON.text(music), bars, take.map { JSON.text($0) }, id,
            ])
    }

    /// Notes how large its music is as it is stored.
    ///
    /// - Returns: by how many bytes it has grown since the last time.
    func measure(in database: Database) throws -> Int {
        let size = "SELECT size FROM node WHERE id = ?"
        let before = try Int.fetchOne(database, sql: size, arguments: [id]) ?? 0
        // JSON of numbers has a byte a character.
        try database.execute(
            sql: "UPDATE node SET size = length(music) + coalesce(length(raw), 0) WHERE id = ?",
            arguments: [id])
        return try (Int.fetchOne(database, sql: size, arguments: [id]) ?? 0) - before
    }
}
