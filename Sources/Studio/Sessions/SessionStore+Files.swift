import GRDB
import Score

extension SessionStore {
    /// Adds a MIDI file's music, with the parts that are missing for its instruments.
    ///
    /// - Parameters:
    ///   - bar: where it is to begin, counted from 1.
    ///   - parent: nil for the session's beginning.
    func add(
        _ file: FileMusic, named name: String, from bar: Int, after parent: String?,
        to session: String
    ) async throws -> StudioNode {
        let (limits, time) = (limits, time)
        return try await write { database in
            let former = try Self.session(session, database)
            let parent = parent ?? former.root
            let path = try Self.path(to: parent, in: session, database)
            let count = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM node WHERE session = ?",
                arguments: [session])
            let facts =
                parent == former.root && count == 1
                ? try Self.begin(former, with: file, time, database)
                : try Self.addParts(file.parts, to: session, limits, database)
            let start = try MusicCheck.start(
                ofBar: bar, in: PathPiece(facts, path: path).before(bar: bar))
            let node = try Self.add(
                NodeDraft(
                    parent: parent, kind: .file, fromBar: bar, bars: file.bars,
                    music: file.placed(among: facts.parts).shifted(by: Quarters.quarters(start)),
                    raw: file.raw, name: name), to: session, limits, time, database)
            try Self.touch(session, time, database)
            return node
        }
    }

    /// A session that begins with a file is in its tempo and meter, and for its instruments.
    private static func begin(
        _ session: StudioSession, with file: FileMusic, _ time: String, _ database: Database
    ) throws -> StudioSession {
        var change = SessionChange(tempo: file.tempo, meter: file.meter)
        change.parts = file.parts + session.parts.dropFirst(file.parts.count)
        return try Self.change(session.id, change, time, database)
    }
}
