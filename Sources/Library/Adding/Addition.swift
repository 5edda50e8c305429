import Files
import Foundation
import GRDB
import Synchronization

/// Adds music to a library: reads in parallel what is new or changed, and writes batch by batch.
///
/// A batch is written whole or not at all: a program that is stopped half-way leaves a library that
/// lacks pieces and has none twice, and adding again goes on from there.
package struct Addition: Sendable {
    /// What became of the files.
    package struct Outcome: Hashable, Sendable {
        package var added = 0
        /// The file or what its folder tells of it is another than before.
        package var changed = 0
        /// Files known from another place where they are no more.
        package var moved = 0
        package var unchanged = 0
        package var failed: [FailedFile] = []
        /// Tables beside the music that could not be read, with the reason.
        package var unreadableTables: [String] = []
    }

    private let library: PieceLibrary
    private let paths: [String]
    private let batch: Int

    /// - Parameters:
    ///   - paths: folders, searched to the bottom, or files.
    ///   - batch: files that are written at once.
    package init(of paths: [String], to library: PieceLibrary, batch: Int = 256) {
        precondition(batch > 0, "a batch has files")
        self.library = library
        self.paths = paths
        self.batch = batch
    }

    /// - Parameters:
    ///   - time: when the pieces count as added.
    ///   - progress: called from several threads with the number of files done, and of all.
    package func run(
        at time: Date, progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws -> Outcome {
        let files = try MusicFolder.files(in: paths)
        guard !files.isEmpty else { throw AddingError.noFiles(paths: paths) }
        var outcome = Outcome()
        let toRead = try survey(files, &outcome)
        let known = files.count - toRead.count
        try readAll(toRead, at: time, &outcome) { progress(known + $0, files.count) }
        outcome.failed.sort { $0.path < $1.path }
        return outcome
    }

    /// Which files have to be read.
    private func survey(
        _ files: [String], _ outcome: inout Outcome
    ) throws(LibraryError) -> [FileToRead] {
        let known = try KnownFiles(in: library)
        var surroundings = Surroundings()
        var toRead: [FileToRead] = []
        for path in files {
            guard let stamp = FileStamp(ofFile: path) else {
                outcome.failed.append(.noFile(path))
                continue
            }
            let file = FileToRead(
                path: path, stamp: stamp, facts: surroundings.facts(ofFile: path))
            switch known.state(of: file) {
            case .changed: toRead.append(file)
            case .unchanged: outcome.unchanged += 1
            case .failed(let failure): outcome.failed.append(failure)
            }
        }
        outcome.unreadableTables = surroundings.unreadable.map { "\($0.path): \($0.reason)" }
        return toRead
    }

    private func readAll(
        _ files: [FileToRead], at time: Date, _ outcome: inout Outcome,
        progress: @Sendable (Int) -> Void
    ) throws {
        let done = Atomic(0)
        for start in stride(from: 0, to: files.count, by: batch) {
            let files = files[start..<min(start + batch, files.count)]
            let readings = files.concurrentMap { file in
                let reading = PieceReader.read(file, at: time)
                progress(done.add(1, ordering: .relaxed).newValue)
                return reading
            }
            // Counted apart, as a transaction may fail.
            var counted = outcome
            try library.write { database in
                for reading in readings { try Self.write(reading, in: database, &counted) }
                try PieceLibrary.forgetGroups(database)
            }
            outcome = counted
        }
    }

    private static func write(
        _ reading: PieceReader.Reading, in database: Database, _ outcome: inout Outcome
    ) throws {
        switch reading {
        case .failed(let file):
            outcome.failed.append(file)
            try file.upsert(database)
            try Piece.filter(Piece.Column.path == file.path).deleteAll(database)
        case .piece(var piece, let fingerprint):
            try FailedFile.deleteOne(database, key: piece.path)
            if let former = try former(of: piece, in: database) {
                if former.path == piece.path { outcome.changed += 1 } else { outcome.moved += 1 }
                piece.id = former.id
                piece.added = former.added
                try piece.update(database)
            } else {
                outcome.added += 1
                try piece.insert(database)
            }
            guard let id = piece.id else { return }
            try StoredFingerprint(piece: id, data: fingerprint).upsert(database)
        }
    }

    /// The row that `piece` takes the place of: of the same path, or of the same bytes in a file that
    /// is no longer there.
    private static func former(of piece: Piece, in database: Database) throws -> Piece? {
        if let same = try Piece.filter(Piece.Column.path == piece.path).fetchOne(database) {
            return same
        }
        return try Piece.filter(Piece.Column.fileHash == piece.fileHash).order(Piece.Column.id)
            .fetchAll(database).first { FileStamp(ofFile: $0.path) == nil }
    }
}
