import Files
import Foundation

/// Where a collection stands: enough to go on after it was killed at any moment.
///
/// A piece's file is written before the state that knows it, and the table after both. An entry
/// leaves the frontier with the state that has its outcome, so that whatever a kill cut off is
/// fetched again, and named the same.
struct CollectionState: Codable {
    struct Entry: Codable {
        let address: String
        let depth: Int
        let title: String
        let licence: String
        /// Visits that gave nothing for the moment.
        var attempts = 0
    }

    /// What is to be fetched, the next first.
    var frontier: [Entry] = []
    /// What gave nothing for the moment and is for the next run.
    var postponed: [Entry] = []
    /// Every address that ever was in the frontier.
    var seen: Set<String> = []
    var pieces: [CollectedPiece] = []
    var pages = 0
    /// Received, of all kinds.
    var bytes = 0

    private static let stateName = ".clara-collection.json"
    private static let tableName = "metadata.csv"
    private static let lockName = ".clara-collection.lock"

    init() {}

    /// Keeps other runs from `folder`, which is made where there is none.
    static func lock(folder: String) throws(CollectingError) -> FileLock {
        let lock: FileLock?
        do {
            try Folder.make(folder)
            lock = try FileLock(path: folder + "/" + Self.lockName)
        } catch {
            throw .folder(folder, error)
        }
        guard let lock else { throw .running(folder) }
        return lock
    }

    /// The state in `folder`.
    init(folder: String) throws(CollectingError) {
        let path = folder + "/" + Self.stateName
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else {
            let table = folder + "/" + Self.tableName
            if manager.fileExists(atPath: table) { throw .foreignTable(table) }
            self.init()
            return
        }
        do {
            let bytes = try WholeFile.bytes(of: path, limit: 1 << 30)
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw .damagedState(path)
        }
    }

    func save(in folder: String) throws(CollectingError) {
        do {
            let bytes = [UInt8](try JSONEncoder().encode(self))
            try WholeFile.save(bytes, to: folder + "/" + Self.stateName)
        } catch {
            throw .folder(folder, (error as? FileError) ?? .system("\(error)"))
        }
    }

    func saveTable(in folder: String) throws(CollectingError) {
        do {
            let table = CollectedPiece.table(pieces)
            try WholeFile.save(Array(table.utf8), to: folder + "/" + Self.tableName)
        } catch {
            throw .folder(folder, error)
        }
    }
}
