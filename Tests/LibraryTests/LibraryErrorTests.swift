import Foundation
import GRDB
import Library
import TestSupport
import Testing

/// What is said when a library cannot be used.
struct LibraryErrorTests {
    @Test func aLibraryThatIsNotThereIsNotMade() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("none.sqlite")
        #expect(throws: LibraryError.notThere(path: path)) { try PieceLibrary(path: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test(arguments: [false, true]) func aFolderIsNoLibrary(making: Bool) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: LibraryError.folder(path: folder.path)) {
            try PieceLibrary(path: folder.path, making: making)
        }
        #expect(error.map { "\($0)".contains("is a folder; name the library's file") } == true)
    }

    @Test(arguments: ["no database at all, but a text", String(repeating: "x", count: 5000)])
    func otherFilesAreLeftAsTheyAre(text: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "notes.txt")
        #expect(throws: LibraryError.foreign(path: path)) {
            try PieceLibrary(path: path, making: true)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.txt"])
    }

    @Test func otherProgramsDatabasesAreLeftAsTheyAre() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("other.sqlite")
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE song(name)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: LibraryError.foreign(path: path)) {
            try PieceLibrary(path: path, making: true)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func aNewerLibraryIsLeftAsItIs() throws {
        let folder = try TemporaryFolder()
        let path = try folder.library.path
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the future')")
        }
        #expect(throws: LibraryError.newer(path: path)) { try PieceLibrary(path: path) }
    }

    @Test func aLockedLibraryIsToldAndUnharmed() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        let library = try folder.library
        let other = try DatabaseQueue(path: library.path)
        try other.inDatabase { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            #expect(throws: LibraryError.locked(path: library.path)) {
                try Addition(of: [folder.path], to: library).run(at: TemporaryFolder.time)
            }
            try database.execute(sql: "COMMIT")
        }
        #expect(try folder.add().added == 1)
    }

    @Test func aDamagedLibraryIsTold() throws {
        let folder = try TemporaryFolder()
        for seed in 1...60 { try folder.write(Tunes.tune(seed: seed), to: "\(seed).mid") }
        try folder.add()
        let path = try folder.library.path
        try DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        // All but the page of the schema.
        bytes.replaceSubrange(4096..., with: Data(repeating: 0xA5, count: bytes.count - 4096))
        try bytes.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: LibraryError.self) {
            try PieceLibrary(path: path).pieces()
        }
        #expect(error.map { "\($0)".contains("is damaged") } == true)
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, "disk is full"), (.SQLITE_BUSY, "another program"),
        (.SQLITE_CORRUPT, "damaged"), (.SQLITE_NOTADB, "no library of Clara's"),
        (.SQLITE_CANTOPEN, "cannot be used"), (.SQLITE_READONLY, "cannot be used"),
    ])
    func whatSQLiteReportsIsPutPlainly(code: ResultCode, words: String) {
        let error = LibraryError(DatabaseError(resultCode: code), path: "/a/b.sqlite")
        #expect("\(error)".hasPrefix("/a/b.sqlite: ") && "\(error)".contains(words))
    }

    @Test func anUnfinishedLibraryIsFinished() throws {
        let folder = try TemporaryFolder()
        // As a program leaves it that was killed while it made the file.
        try folder.write(Data(), to: "library.sqlite")
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        #expect(try folder.add().added == 1)
    }

    @Test(arguments: [
        (["XDG_DATA_HOME": "/data", "HOME": "/home/a"], "/data/clara/library.sqlite"),
        (["HOME": "/home/a"], "/home/a/.local/share/clara/library.sqlite"),
        (["XDG_DATA_HOME": "data", "HOME": "/h"], "/h/.local/share/clara/library.sqlite"),
    ])
    func theUsualPlaceFollowsTheConvention(environment: [String: String], path: String) {
        #expect(PieceLibrary.standardPath(environment: environment) == path)
    }
}
