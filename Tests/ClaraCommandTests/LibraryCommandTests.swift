import Foundation
import Testing

/// `clara library`.
struct LibraryCommandTests {
    private struct Added: Decodable {
        let added: Int
        let unchanged: Int
        let failed: [Failed]
    }

    private struct Failed: Decodable {
        let path: String
        let reason: String
    }

    private struct Listed: Decodable {
        let path: String
        let composer: String?
        let key: String?
    }

    /// A folder `music` with the pieces of Examples/tiny, by two composers.
    private func folder() throws -> (folder: ScratchFolder, count: Int) {
        let folder = ScratchFolder()
        let music = folder.url("music")
        try FileManager.default.copyItem(
            at: URL(fileURLWithPath: Repository.tinyPieces), to: music)
        let names = folder.listing().filter { $0.hasSuffix(".mid") }.map { $0.dropFirst(6) }
        let rows = names.enumerated().map { index, name in
            "\(name),\(index % 2 == 0 ? "Frédéric Chopin" : "\"Bach, J. S.\"")\n"
        }
        try Data(("file,composer\n" + rows.joined()).utf8)
            .write(to: music.appendingPathComponent("metadata.csv"))
        return (folder, names.count)
    }

    private func run(_ arguments: [String], in folder: ScratchFolder) throws -> String {
        try ClaraProgram.run(
            ["library"] + arguments + ["--library", "l.sqlite"], in: folder
        ).succeeded().output
    }

    private func json<Value: Decodable>(
        _ arguments: [String], in folder: ScratchFolder
    ) throws -> Value {
        let output = try run(arguments + ["--json"], in: folder)
        return try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }

    @Test func whatIsAddedIsFound() throws {
        let (folder, count) = try folder()
        try folder.write(Data("no music".utf8), as: "music/letter.mid")
        let added: Added = try json(["add", "music"], in: folder)
        #expect(added.added == count && added.failed.count == 1)
        let again: Added = try json(["add", "music"], in: folder)
        #expect(again.added == 0 && again.unchanged == count && again.failed.count == 1)
        let chopin: [Listed] = try json(["list", "--composer", "frederic"], in: folder)
        #expect(chopin.count == (count + 1) / 2)
        #expect(Set(chopin.map(\.composer)) == ["Chopin, Frédéric"])
        let first = try #require(chopin.first)
        let shown: Listed = try json(["show", first.path], in: folder)
        #expect(shown.path == first.path && shown.key == first.key)
        #expect(try run(["list"], in: folder).contains("\(count) pieces"))
        #expect(try run(["list", "--failed"], in: folder).contains("letter.mid"))
    }

    @Test func pathsAloneAreListed() throws {
        let (folder, count) = try folder()
        try folder.write(Data("no music".utf8), as: "music/letter.mid")
        _ = try run(["add", "music"], in: folder)
        let pieces: [Listed] = try json(["list"], in: folder)
        let paths: [String] = try json(["list", "--paths"], in: folder)
        #expect(paths == pieces.map(\.path) && paths.count == count)
        #expect(try run(["list", "--paths"], in: folder) == paths.map { $0 + "\n" }.joined())
        let failed: [String] = try json(["list", "--failed", "--paths"], in: folder)
        #expect(failed.map { ($0 as NSString).lastPathComponent } == ["letter.mid"])
    }

    @Test func readingChangesNoByteAndLeavesNoFile() throws {
        let (folder, _) = try folder()
        _ = try run(["add", "music"], in: folder)
        func state() throws -> [String: Data] {
            let names = folder.listing().filter { $0.hasPrefix("l.sqlite") }
            return try Dictionary(
                uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.url($0))) })
        }
        let before = try state()
        #expect(Array(before.keys) == ["l.sqlite"])
        for arguments in [["list"], ["list", "--composer", "bach"], ["export", "-o", "copies"]] {
            _ = try run(arguments, in: folder)
            #expect(try state() == before, "after \(arguments)")
        }
        try ClaraProgram.run(
            ["originality", Repository.waltz, "--library", "l.sqlite"], in: folder
        ).succeeded()
        #expect(try state() == before)
    }

    @Test func allIsNotSomething() throws {
        let (folder, count) = try folder()
        _ = try run(["add", "music"], in: folder)
        for more in [["--composer", "bach"], ["--missing"]] {
            let arguments = ["library", "remove", "--all", "--library", "l.sqlite"] + more
            let run = try ClaraProgram.run(arguments, in: folder)
            #expect(run.status == 64 && run.errors.contains("--all removes every piece"))
        }
        let left: [Listed] = try json(["list"], in: folder)
        #expect(left.count == count)
        _ = try run(["remove", "--all"], in: folder)
        #expect(try run(["list"], in: folder) == "no pieces\n")
    }

    @Test func aKilledAdditionGoesOnWhereItStopped() throws {
        let folder = ScratchFolder()
        let music = folder.url("music")
        try FileManager.default.createDirectory(at: music, withIntermediateDirectories: true)
        // Several batches.
        let count = 1200
        let waltz = try Data(contentsOf: URL(fileURLWithPath: Repository.waltz))
        for number in 0..<count {
            try waltz.write(to: music.appendingPathComponent("\(number).mid"))
        }
        let arguments = ["library", "add", "music", "--library", "l.sqlite", "--json"]
        // Killed while it writes: the tables alone take less than so much.
        let running = try ClaraProgram.start(arguments, in: folder)
        while !running.endsWithin(milliseconds: 2) {
            let log = try? FileManager.default.attributesOfItem(
                atPath: folder.path("l.sqlite-wal"))
            guard let size = log?[.size] as? Int, size > 150_000 else { continue }
            running.kill()
            break
        }
        let left: [Listed] = try json(["list"], in: folder)
        #expect(left.count < count)
        let last: Added = try json(["add", "music"], in: folder)
        #expect(last.added == count - left.count && last.unchanged == left.count)
        let pieces: [Listed] = try json(["list"], in: folder)
        #expect(pieces.count == count && Set(pieces.map(\.path)).count == count)
    }

    @Test func removingAndExportingLeaveTheMusicAlone() throws {
        let (folder, count) = try folder()
        _ = try run(["add", "music"], in: folder)
        let before = folder.listing().filter { $0.hasPrefix("music") }
        _ = try run(["export", "--composer", "bach", "-o", "out"], in: folder)
        let exported = folder.listing().filter { $0.hasPrefix("out/") }
        #expect(exported.count == count / 2 + 1 && exported.contains("out/metadata.csv"))
        _ = try run(["remove", "--composer", "bach"], in: folder)
        let left: [Listed] = try json(["list"], in: folder)
        #expect(left.count == (count + 1) / 2)
        #expect(folder.listing().filter { $0.hasPrefix("music") } == before)
    }

    @Test func splitsAreWrittenAsLists() throws {
        let (folder, count) = try folder()
        _ = try run(["add", "music"], in: folder)
        _ = try run(["split", "--validation", "0.4", "-o", "sides"], in: folder)
        let lists = try ["training", "validation", "test"].map {
            try String(contentsOfFile: folder.path("sides/\($0).txt"), encoding: .utf8)
                .split(separator: "\n")
        }
        #expect(lists.reduce(0) { $0 + $1.count } == count)
        #expect(Set(lists.flatMap(\.self)).count == count)
        try ClaraProgram.run(
            ["library", "split", "--composer", "nobody", "-o", "sides", "--library", "l.sqlite"],
            in: folder
        ).failedClearly(mentioning: ["l.sqlite", "no piece"])
    }

    @Test(arguments: [
        (["list"], ["l.sqlite", "no library", "clara library add"]),
        (["add", "nowhere"], ["nowhere", "no such file"]),
        (["add", "."], ["no MIDI files"]),
    ])
    func errorsAreClear(arguments: [String], words: [String]) throws {
        let run = try ClaraProgram.run(
            ["library"] + arguments + ["--library", "l.sqlite"], in: ScratchFolder())
        run.failedClearly(mentioning: words)
    }

    @Test func aFolderIsNoLibrary() throws {
        let run = try ClaraProgram.run(
            ["library", "list", "--library", "."], in: ScratchFolder())
        run.failedClearly(mentioning: [".: is a folder; name the library's file"])
    }

    @Test func aForeignFileIsRefused() throws {
        let folder = ScratchFolder()
        try folder.write(Data("Dear Clara".utf8), as: "l.sqlite")
        let run = try ClaraProgram.run(
            ["library", "add", Repository.tinyPieces, "--library", "l.sqlite"], in: folder)
        run.failedClearly(mentioning: ["l.sqlite", "no library of Clara's"])
    }

    @Test func trainingAndMeasuringTakeAQuery() throws {
        let (folder, count) = try folder()
        _ = try run(["add", "music"], in: folder)
        let query = ["--library", "l.sqlite", "--composer", "chopin"]
        try ClaraProgram.run(
            ["train"] + query + [
                "--recipe", Repository.tinyRecipe, "--time", "3s", "-o", "m.safetensors",
            ], in: folder
        ).succeeded()
        let run = try ClaraProgram.run(
            ["evaluate", "--model", "m.safetensors", "--json"] + query, in: folder
        ).succeeded()
        struct Measured: Decodable { let pieces: Int }
        let measured = try JSONDecoder().decode(Measured.self, from: Data(run.output.utf8))
        #expect(measured.pieces == (count + 1) / 2)
        let nobody = try ClaraProgram.run(
            [
                "evaluate", "--model", "m.safetensors", "--composer", "nobody", "--library",
                "l.sqlite",
            ],
            in: folder)
        nobody.failedClearly(mentioning: ["l.sqlite", "no piece"])
    }
}
