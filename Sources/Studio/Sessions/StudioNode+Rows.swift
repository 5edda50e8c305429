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
        let texts = Texts(self)
        try database.execute(
            sql: """
                INSERT INTO node (id, session, parent, kind, name, annotation, pinned, fromBar,
                    bars, music, raw, size, take, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, session, parent, kind.rawValue, name, annotation, pinned, fromBar, bars,
                texts.music, texts.raw, texts.size, texts.take, created,
            ])
    }

    /// Writes what of a node can change.
    func update(in database: Database) throws {
        let texts = Texts(self)
        try database.execute(
            sql: """
                UPDATE node SET name = ?, annotation = ?, pinned = ?, bars = ?, music = ?,
                    size = ?, take = ? WHERE id = ?
                """,
            arguments: [
                name, annotation, pinned, bars, texts.music, texts.size, texts.take, id,
            ])
    }

    /// Bytes of its music as they are stored.
    var size: Int { Texts(self).size }

    private struct Texts {
        let music: String
        let raw: String?
        let take: String?

        init(_ node: StudioNode) {
            music = JSON.text(node.music)
            raw = node.raw.map { JSON.text($0) }
            take = node.take.map { JSON.text($0) }
        }

        var size: Int { music.utf8.count + (raw?.utf8.count ?? 0) }
    }
}
