import GRDB

/// A node that is to be added.
struct NodeDraft: Sendable {
    /// Chosen by who adds it, so that a node that was added already is not added twice; nil for any.
    var id: String?
    var parent: String
    var kind = StudioNode.Kind.played
    var fromBar: Int
    var bars: Int
    var music: NodeMusic
    var raw: [RawNote]?
    var name = ""
    var take: TakeFacts?
    /// The session's parts when its music was begun: those that were taken away meanwhile come back.
    var parts: [StudioPart] = []
}

/// What of a node is to be another way; nil for what stays.
struct NodeChange: Sendable {
    var name: String?
    var annotation: String?
    var pinned: Bool?
    var notes: [StudioNote]?
    var bars: Int?
    /// What was found out about a take.
    var take: TakeFacts?
}

extension SessionStore {
    /// The nodes from the root to one that is not deleted, without their raw timing, and their session
    /// without its other nodes.
    func path(
        to node: String, in session: String
    ) async throws -> (session: StudioSession, path: [StudioNode]) {
        try await read {
            (try Self.session(session, $0), try Self.path(to: node, in: session, $0))
        }
    }

    static func path(
        to node: String, in session: String, _ database: Database
    ) throws -> [StudioNode] {
        let path = try Row.fetchAll(
            database,
            sql: """
                WITH RECURSIVE path (id, depth) AS (
                    SELECT id, 0 FROM node WHERE id = ? AND session = ?
                    UNION ALL
                    SELECT node.parent, depth + 1 FROM path JOIN node ON node.id = path.id
                    WHERE node.parent IS NOT NULL)
                SELECT NULL AS raw, node.* FROM path JOIN node ON node.id = path.id
                ORDER BY depth DESC
                """,
            arguments: [node, session]
        ).map(StudioNode.init)
        guard let last = path.last, !last.deleted else { throw StudioError.noNode(node) }
        return path
    }

    /// The passage of this id, deleted or not; nil where there is none.
    ///
    /// - Throws: `StudioError.conflict` where a node has the id that is none, or one of another session.
    func known(_ id: String, in session: String) async throws -> StudioNode? {
        try await read { try Self.known(id, in: session, $0) }
    }

    /// Adds a node; a passage that was added before is told again as it is now.
    func add(_ draft: NodeDraft, to session: String) async throws -> StudioNode {
        let (limits, time) = (limits, time)
        return try await write { database in
            if let id = draft.id, let known = try Self.known(id, in: session, database) {
                return known
            }
            let node = try Self.add(draft, to: session, limits, time, database)
            try Self.touch(session, time, database)
            return node
        }
    }

    static func add(
        _ draft: NodeDraft, to session: String, _ limits: StudioLimits, _ time: String,
        _ database: Database
    ) throws -> StudioNode {
        var facts = try self.session(session, database)
        if facts.parts.count < draft.parts.count {
            facts.parts += draft.parts[facts.parts.count...]
            try write(facts.parts, of: session, database)
        }
        try check(draft.music, isFor: facts)
        try checkNode(draft.parent, in: session, database)
        let node = StudioNode(
            id: draft.id ?? newID(), parent: draft.parent, kind: draft.kind, name: draft.name,
            annotation: "", pinned: false, deleted: false, fromBar: draft.fromBar,
            bars: draft.bars, music: draft.music, raw: draft.raw, take: draft.take, created: time)
        try node.insert(into: session, database)
        try makeRoom(in: session, limits, database)
        return node
    }

    func change(
        _ id: String, in session: String, _ change: NodeChange
    ) async throws -> StudioNode {
        let (limits, time) = (limits, time)
        return try await write { database in
            let facts = try Self.session(session, database)
            var node = try Self.liveNode(id, in: session, database)
            node.name = change.name ?? node.name
            node.annotation = change.annotation ?? node.annotation
            node.pinned = change.pinned ?? node.pinned
            node.music.notes = change.notes ?? node.music.notes
            node.bars = change.bars ?? node.bars
            node.take = change.take ?? node.take
            try node.update(in: database)
            if let notes = change.notes {
                try Self.check(NodeMusic(notes: notes), isFor: facts)
                if try node.measure(in: database) > 0 {
                    try Self.makeRoom(in: session, limits, database)
                }
            }
            try Self.touch(session, time, database)
            return node
        }
    }

    /// Deletes a node and all that hangs on it; all of it can be restored while there is
    /// room for it.
    func delete(_ id: String, in session: String) async throws {
        let time = time
        try await write { database in
            let facts = try Self.session(session, database)
            guard id != facts.root else {
                throw StudioError.conflict(
                    "The beginning of a session cannot be deleted; delete the session instead.")
            }
            try Self.checkNode(id, in: session, database)
            try database.execute(
                sql: """
                    WITH RECURSIVE branch (id) AS (
                        SELECT ? UNION
                        SELECT node.id FROM branch JOIN node ON node.parent = branch.id)
                    UPDATE node SET deletion = ? WHERE deletion IS NULL AND id IN branch
                    """, arguments: [id, id])
            try Self.touch(session, time, database)
        }
    }

    /// Brings back what was deleted with a node, and what it hangs on.
    func restore(_ id: String, in session: String) async throws -> StudioNode {
        let time = time
        return try await write { database in
            _ = try Self.session(session, database)
            var next: String? = id
            while let node = next {
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT parent, deletion FROM node WHERE id = ? AND session = ?",
                    arguments: [node, session])
                guard let row else { throw StudioError.noNode(node) }
                if let deletion = row["deletion"] as String? {
                    try database.execute(
                        sql: "UPDATE node SET deletion = NULL WHERE deletion = ?",
                        arguments: [deletion])
                }
                next = row["parent"]
            }
            try Self.touch(session, time, database)
            return try Self.liveNode(id, in: session, database)
        }
    }

    /// Adds the parts that are missing for instruments that a voice plays.
    func addParts(_ parts: [StudioPart], to session: String) async throws -> StudioSession {
        let limits = limits
        return try await write { try Self.addParts(parts, to: session, limits, $0) }
    }

    static func addParts(
        _ parts: [StudioPart], to session: String, _ limits: StudioLimits, _ database: Database
    ) throws -> StudioSession {
        var facts = try Self.session(session, database)
        let missing = parts.filter { part in
            !facts.parts.contains { $0.program == part.program && $0.drums == part.drums }
        }
        guard !missing.isEmpty else { return facts }
        let limit = limits.partsOfSession
        guard facts.parts.count + missing.count <= limit else {
            throw StudioError.conflict(
                "This piece may have \(limit) parts, and would have "
                    + "\(facts.parts.count + missing.count); begin another.")
        }
        facts.parts += missing
        try write(facts.parts, of: session, database)
        return facts
    }

    private static func write(
        _ parts: [StudioPart], of session: String, _ database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE session SET parts = ? WHERE id = ?",
            arguments: [JSON.text(parts), session])
    }

    /// - Throws: `StudioError.conflict` where a part was taken away since the music was looked at.
    private static func check(
        _ music: NodeMusic, isFor session: StudioSession
    ) throws(StudioError) {
        let last = max(music.notes.map(\.part).max() ?? 0, music.pedals.map(\.part).max() ?? 0)
        guard last < session.parts.count else {
            throw .conflict(
                "This music is for a part that was taken away meanwhile; add the part again.")
        }
    }

    /// - Throws: `StudioError.notFound` where a node is not there, or deleted.
    private static func checkNode(
        _ id: String, in session: String, _ database: Database
    ) throws {
        let isThere = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM node
                WHERE id = ? AND session = ? AND deletion IS NULL)
                """, arguments: [id, session])
        guard isThere ?? false else { throw StudioError.noNode(id) }
    }

    private static func known(
        _ id: String, in session: String, _ database: Database
    ) throws -> StudioNode? {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM node WHERE id = ?", arguments: [id])
        guard let row else { return nil }
        let node = try StudioNode(row)
        guard row["session"] == session, node.kind == .played else {
            throw StudioError.conflict("There is a node “\(id)” already; choose another id.")
        }
        return node
    }

    private static func liveNode(
        _ id: String, in session: String, _ database: Database
    ) throws -> StudioNode {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT * FROM node WHERE id = ? AND session = ? AND deletion IS NULL",
            arguments: [id, session])
        guard let row else { throw StudioError.noNode(id) }
        return try StudioNode(row)
    }
}
