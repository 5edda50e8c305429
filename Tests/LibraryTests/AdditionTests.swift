import Foundation
import Library
import MIDIFile
import TestSupport
import Testing

/// What adding folders does to a library.
struct AdditionTests {
    @Test func aPieceIsKnownByItsFileAndItsNotes() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Tunes.tune(seed: 1, program: 40), to: "music/a tune.mid")
        #expect(try folder.add().added == 1)
        let piece = try #require(try folder.library.pieces().first)
        #expect(piece.path == path)
        #expect(piece.title == "a tune")
        #expect(piece.instruments == "Violin")
        #expect(piece.meter == "4/4" && piece.bars == 12 && piece.notes == 120)
        #expect(abs(piece.seconds - 24) < 0.01)
        #expect(piece.key?.hasSuffix("major") == true || piece.key?.hasSuffix("minor") == true)
        #expect(piece.added == TemporaryFolder.time)
        #expect(piece.repairs.isEmpty)
    }

    @Test func addingAgainReadsOnlyWhatChanged() throws {
        let folder = try TemporaryFolder()
        for seed in 1...5 { try folder.write(Tunes.tune(seed: seed), to: "\(seed).mid") }
        #expect(try folder.add(batch: 2).added == 5)
        let before = try folder.library.pieces()
        try folder.write(Tunes.tune(seed: 33), to: "3.mid")
        try folder.write(Tunes.tune(seed: 6), to: "6.mid")
        let outcome = try folder.add(batch: 2)
        #expect(outcome.added == 1 && outcome.changed == 1 && outcome.unchanged == 4)
        let after = try folder.library.pieces()
        #expect(after.count == 6)
        // A changed piece keeps its number.
        for piece in before {
            #expect(after.contains { $0.id == piece.id && $0.path == piece.path })
        }
        let third = folder.file("3.mid")
        let contents = [before, after].map { $0.first { $0.path == third }?.content }
        #expect(contents[0] != contents[1])
    }

    @Test func whatIsSaidOfAnUnchangedFileMayChange() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        try folder.add()
        try folder.write("file,composer\na.mid,Clara Schumann\n", to: "metadata.csv")
        #expect(try folder.add().changed == 1)
        #expect(try folder.library.pieces().map(\.composer) == ["Schumann, Clara"])
        #expect(try folder.add().unchanged == 1)
    }

    @Test func aMovedFileStaysOnePiece() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Tunes.tune(seed: 1), to: "old/a.mid")
        try folder.add()
        let id = try folder.library.pieces().map(\.id)
        let moved = folder.file("b.mid")
        try FileManager.default.moveItem(atPath: path, toPath: moved)
        let outcome = try folder.add()
        #expect(outcome.moved == 1 && outcome.added == 0)
        #expect(try folder.library.pieces().map(\.path) == [moved])
        #expect(try folder.library.pieces().map(\.id) == id)
    }

    @Test func aCopyIsASecondPiece() throws {
        let folder = try TemporaryFolder()
        for name in ["a.mid", "b.mid"] { try folder.write(Tunes.tune(seed: 1), to: name) }
        #expect(try folder.add().added == 2)
        #expect(Set(try folder.library.pieces().map(\.fileHash)).count == 1)
    }

    @Test func failedFilesAreListedWithTheReasonAndNotReadAgain() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(), to: "empty.mid")
        try folder.write(Tunes.tune(seed: 1), to: "good.mid")
        for _ in 0..<2 {
            let failed = try folder.add().failed
            #expect(failed.map(\.path) == [folder.file("empty.mid")])
            #expect(failed.first?.reason.hasPrefix("is empty") == true)
            #expect(try folder.library.failedFiles() == failed)
        }
        try folder.write(Tunes.tune(seed: 2), to: "empty.mid")
        #expect(try folder.add().added == 1)
        #expect(try folder.library.failedFiles().isEmpty)
    }

    @Test func pipesAndFoldersWithTheNamesOfFilesAreNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "folder.mid/a.mid")
        #expect(mkfifo(folder.file("pipe.mid"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("nowhere.mid"), withDestinationPath: "/nowhere")
        let outcome = try folder.add()
        #expect(outcome.added == 1)
        let names = ["folder.mid", "nowhere.mid", "pipe.mid"].map(folder.file)
        #expect(outcome.failed.map(\.path) == names)
    }

    @Test func aPieceWhoseFileIsBrokenNowIsNone() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        try folder.add()
        try folder.write("no music", to: "a.mid")
        try folder.add()
        #expect(try folder.library.pieces().isEmpty)
        #expect(try folder.library.failedFiles().count == 1)
    }

    @Test func repairsAreRemembered() throws {
        let folder = try TemporaryFolder()
        try folder.write(MIDIFile.write(Tunes.tune(seed: 1)) + Data("junk".utf8), to: "a.mid")
        try folder.add()
        #expect(try folder.library.pieces().first?.repairs.contains("last track") == true)
    }

    @Test func foldersWithoutMusicAreAnError() throws {
        let folder = try TemporaryFolder()
        try folder.write("text", to: "notes.txt")
        #expect(throws: AddingError.noFiles(paths: [folder.path])) { try folder.add() }
        #expect(throws: AddingError.notThere(path: "/nowhere")) {
            try Addition(of: ["/nowhere"], to: folder.library).run(at: TemporaryFolder.time)
        }
    }

    @Test func twoPathsToAFileAreOnePiece() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "music/a.mid")
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link"), withDestinationPath: folder.file("music"))
        let paths = [folder.file("music"), folder.file("link"), folder.file("music/a.mid")]
        let outcome = try Addition(of: paths, to: folder.library).run(at: TemporaryFolder.time)
        #expect(outcome.added == 1)
    }
}
