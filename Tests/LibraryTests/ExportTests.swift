import Foundation
import Library
import TestSupport
import Testing

/// Pieces as files in a folder.
struct ExportTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (seed, name) in ["one/a.mid", "two/A.mid", "two/b.mid"].enumerated() {
            try folder.write(Tunes.tune(seed: seed), to: "music/\(name)")
        }
        try folder.write(
            "file,composer,title,source,licence\n"
                + "one/a.mid,\"Żeleński, W.\",\"A \"\"lied\"\", slow\",http://x.y,CC BY 4.0\n",
            to: "music/metadata.csv")
        try folder.add()
        return folder
    }

    @Test(arguments: [false, true]) func anExportIsTheSameMusicAgain(linking: Bool) throws {
        let folder = try folder()
        let pieces = try folder.library.pieces()
        let out = folder.file("out")
        #expect(try LibraryExport(of: pieces, to: out, linking: linking).run().isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: out)
        #expect(
            Set(names.map { $0.lowercased() }) == ["a.mid", "a-2.mid", "b.mid", "metadata.csv"])
        let table = try String(contentsOfFile: out + "/metadata.csv", encoding: .utf8)
        #expect(table.contains("\"A \"\"lied\"\", slow\""))
        guard !linking else { return }
        let again = try PieceLibrary(path: folder.file("again.sqlite"), making: true)
        _ = try Addition(of: [out], to: again).run(at: TemporaryFolder.time)
        let copies = try again.pieces()
        #expect(Set(copies.map(\.content)) == Set(pieces.map(\.content)))
        let composed = try #require(copies.first { $0.composer != nil })
        #expect(composed.composer == "Żeleński, W." && composed.title == "A \"lied\", slow")
        #expect(composed.source == "http://x.y" && composed.licence == "CC BY 4.0")
    }

    @Test func nothingIsOverwritten() throws {
        let folder = try folder()
        let taken = try folder.write("mine", to: "out/metadata.csv")
        #expect(throws: ExportError.taken(path: taken)) {
            try LibraryExport(of: folder.library.pieces(), to: folder.file("out")).run()
        }
        #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
    }

    @Test func filesThatAreGoneAreNamed() throws {
        let folder = try folder()
        let pieces = try folder.library.pieces()
        try FileManager.default.removeItem(atPath: folder.file("music/two/b.mid"))
        let missing = try LibraryExport(of: pieces, to: folder.file("out")).run()
        #expect(missing.map(\.path) == [folder.file("music/two/b.mid")])
    }

    @Test func whereNothingCanBeMadeOrReadItIsTold() throws {
        let folder = try folder()
        let pieces = try folder.library.pieces()
        let place = try folder.write("a text", to: "text") + "/out"
        let error = #expect(throws: ExportError.self) {
            try LibraryExport(of: pieces, to: place).run()
        }
        #expect(
            error?.description == "\(place): this folder cannot be made: a file is in its way; "
                + "choose another place")
        let first = try #require(pieces.first).path
        try FileManager.default.removeItem(atPath: first)
        try FileManager.default.createDirectory(
            atPath: first, withIntermediateDirectories: false)
        #expect(throws: ExportError.unreadable(path: first, reason: "it is a folder")) {
            try LibraryExport(of: pieces, to: folder.file("out")).run()
        }
    }
}
