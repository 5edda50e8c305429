import Foundation
import GRDB

/// What a new session is to be.
public struct SessionDraft: Hashable, Sendable {
    public var title = "Untitled"
    public var tempo = 120.0
    public var meter = "4/4"
    public var parts = [StudioPart.piano]

    public init() {}
}

/// What of a session is to be another way; nil for what stays.
struct SessionChange: Hashable, Sendable {
    var title: String?
    var tempo: Double?
    var meter: String?
    var parts: [StudioPart]?
}

extension SessionStore {
    /// Makes a session with its root.
    ///
    /// - Parameter file: the music that it begins with, in its first bar; nil for none.
    func add(_ draft: SessionDraft, beginningWith file: FileMusic? = nil) async throws
        -> StudioSession
    {
        let (limits, time) = (limits, time)
        return try await write { database in
            let session = StudioSession(
                id: Self.newID(), title: draft.title, created: time, changed: time,
                tempo: draft.tempo, meter: draft.meter, parts: draft.parts, root: Self.newID())
            try database.execute(
                sql: """
                    INSERT INTO session (id, title, created, changed, tempo, meter, parts, root)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    session.id, session.title, time, time, session.tempo, session.meter,
                    JSON.text(session.parts), session.root,
                ])
            let root = StudioNode(
                id: session.root, parent: nil, kind: .root, name: "", annotation: "",
                pinned: false, deleted: false, fromBar: 1, bars: 0, music: NodeMusic(), raw: nil,
                take: nil, created: time)
            try root.insert(into: session.id, database)
            var whole = session
            whole.nodes = [root]
            if let file {
                let draft = NodeDraft(
                    parent: root.id, kind: .file, fromBar: 1, bars: file.bars, music: file.music,
                    raw: file.raw, name: session.title)
                whole.nodes.append(
                    try Self.add(draft, to: session.id, limits, time, database))
            }
            try Self.makeRoom(limits, database)
            return whole
        }
    }

    /// The sessions, the one that was changed last first.
    public func sessions() async throws -> [SessionRow] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT session.id, title, session.created, changed,
                        count(node.id) FILTER (WHERE kind != 'root' AND deletion IS NULL) AS nodes,
                        coalesce(max(fromBar + bars - 1) FILTER (WHERE deletion IS NULL), 0) AS bars
                    FROM session LEFT JOIN node ON node.session = session.id
                    WHERE deleted IS NULL GROUP BY session.id ORDER BY changed DESC
                    """
            ).map {
                SessionRow(
                    id: $0["id"], title: $0["title"], created: $0["created"],
                    changed: $0["changed"], nodes: $0["nodes"], bars: $0["bars"])
            }
        }
    }

    /// A session with all its nodes, the deleted ones included.
    public func session(_ id: String) async throws -> StudioSession {
        try await read { database in
            var session = try Self.session(id, database)
            session.nodes = try Row.fetchAll(
                database, sql: "SELECT * FROM node WHERE session = ? ORDER BY number",
                arguments: [id]
            ).map(StudioNode.init)
            return session
        }
    }

    func change(_ id: String, _ change: SessionChange) async throws -> StudioSession {
        let time = time
        return try await write { try Self.change(id, change, time, $0) }
    }

    static func change(
        _ id: String, _ change: SessionChange, _ time: String, _ database: Database
    ) throws -> StudioSession {
        var session = try Self.session(id, database)
        if let parts = change.parts, parts.count < session.parts.count,
            try hasMusic(id, fromPart: parts.count, database)
        {
            throw StudioError.conflict(
                "A part that music uses cannot be taken away; rename it, or give it another "
                    + "instrument.")
        }
        if let meter = change.meter, meter != session.meter, try hasMusic(id, database) {
            throw StudioError.conflict(
                "The meter cannot be changed once there is music, whose bars would begin "
                    + "elsewhere; begin a new piece for another meter.")
        }
        session.title = change.title ?? session.title
        session.tempo = change.tempo ?? session.tempo
        session.meter = change.meter ?? session.meter
        session.parts = change.parts ?? session.parts
        session.changed = time
        try database.execute(
            sql: """
                UPDATE session SET title = ?, tempo = ?, meter = ?, parts = ?, changed = ?
                WHERE id = ?
                """,
            arguments: [
                session.title, session.tempo, session.meter, JSON.text(session.parts), time, id,
            ])
        return session
    }

    /// Whether any of a session's nodes, deleted ones too, has music for a part or a later one.
    private static func hasMusic(
        _ session: String, fromPart part: Int, _ database: Database
    ) throws -> Bool {
        try ["$.notes", "$.pedals"].contains { list in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM node, json_each(node.music, ?)
                    WHERE node.session = ? AND json_extract(json_each.value, '$.part') >= ?)
                    """, arguments: [list, session, part]) ?? false
        }
    }

    /// Whether any of a session's nodes, deleted ones too, has bars.
    private static func hasMusic(_ session: String, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM node WHERE session = ? AND bars > 0)",
            arguments: [session]) ?? false
    }

    /// Deletes a session; until it is purged it can be restored.
    public func delete(_ id: String) async throws {
        let time = time
        try await write { database in
            _ = try Self.session(id, database)
            try database.execute(
                sql: "UPDATE session SET deleted = ? WHERE id = ?", arguments: [time, id])
        }
    }

    public func restore(_ id: String) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE session SET deleted = NULL WHERE id = ?", arguments: [id])
            guard database.changesCount == 1 else { throw StudioError.noSession(id) }
        }
    }

    /// Without its nodes.
    static func session(_ id: String, _ database: Database) throws -> StudioSession {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM session WHERE id = ? AND deleted IS NULL",
                arguments: [id])
        else { throw StudioError.noSession(id) }
        return StudioSession(
            id: row["id"], title: row["title"], created: row["created"], changed: row["changed"],
            tempo: row["tempo"], meter: row["meter"],
            parts: try JSON.decode([StudioPart].self, from: row["parts"] as String),
            root: row["root"])
    }

    static func touch(_ session: String, _ time: String, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE session SET changed = ? WHERE id = ?", arguments: [time, session])
    }
}
