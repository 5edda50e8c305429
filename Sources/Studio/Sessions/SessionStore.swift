import Files
import Foundation
import GRDB

/// The sessions, in one SQLite file. What a function changes is committed before it returns: it is
/// there after the program or the machine stops.
public struct SessionStore: Sendable {
    let limits: StudioLimits
    let now: @Sendable () -> Date
    private let pool: DatabasePool

    /// - Parameters:
    ///   - path: made where it is not there, with its folder.
    ///   - patience: seconds to wait for another program that writes.
    /// - Throws: `StudioError` where the file cannot be used.
    public init(
        path: String, limits: StudioLimits = StudioLimits(), patience: Double = 3,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.limits = limits
        self.now = now
        do {
            let isThere = FileManager.default.fileExists(atPath: path)
            if !isThere { try Folder.make(Folder.above(path)) }
            var configuration = Configuration()
            configuration.busyMode = .timeout(patience)
            configuration.prepareDatabase {
                // The write-ahead log is written through to the disk at each commit.
                try $0.execute(sql: "PRAGMA synchronous = FULL")
            }
            if isThere { try SessionSchema.check(path, configuration) }
            pool = try DatabasePool(path: path, configuration: configuration)
            try SessionSchema.migrator.migrate(pool)
        } catch let error as FileError {
            throw StudioError.unusable(
                "\(path): its folder cannot be made: \(error); name another file by --sessions")
        } catch {
            throw StudioError(error)
        }
    }

    /// Where the sessions are when no file is named: `$XDG_DATA_HOME/clara/studio.sqlite`, or below
    /// `~/.local/share`.
    public static func standardPath(environment: [String: String]) -> String {
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (data ?? home + "/.local/share") + "/clara/studio.sqlite"
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await pool.read(body)
    }

    /// What `body` writes is written whole or not at all.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await pool.write(body)
    }

    /// Forgets for good the sessions that were deleted before a time.
    public func purge(deletedBefore date: Date) async throws {
        let limit = Self.text(of: date)
        try await write {
            try $0.execute(sql: "DELETE FROM session WHERE deleted < ?", arguments: [limit])
        }
    }

    var time: String { Self.text(of: now()) }

    /// In UTC, to the millisecond: the later the time, the later it stands in an alphabet.
    private static func text(of date: Date) -> String {
        date.formatted(
            Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: true)
                .timeZone(separator: .omitted))
    }

    /// Sixty bits at random, as twelve letters and digits.
    static func newID() -> String {
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return String((0..<12).map { _ in letters[Int.random(in: letters.indices)] })
    }
}
