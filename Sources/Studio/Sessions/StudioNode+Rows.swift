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
    }
}
