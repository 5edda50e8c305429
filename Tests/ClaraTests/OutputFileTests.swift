import Clara
import Foundation
import TestSupport
import Testing

@Suite struct OutputFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aFailedWriteLeavesNothing() throws {
        try folder.write("", to: "sub/a")
        let before = folder.contents
        for path in [folder.file("none/a"), folder.file("sub")] {
            #expect(throws: OutputError.self) { try OutputFile(path).write("text") }
            #expect(throws: OutputError.self) { try OutputFile(path).check() }
        }
        #expect(folder.contents == before)
    }

    @Test func writingReplacesTheFileAndKeepsALink() throws {
        let path = try folder.write("a longer text", to: "a")
        let link = folder.file("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        try OutputFile(link).check()
        try OutputFile(link).write("new")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
        #expect(folder.contents == ["a", "link"])
    }

    @Test func aDeviceIsWrittenToAsItIs() throws {
        try OutputFile("/dev/null").write("text")
        let kind = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
        #expect(kind as? FileAttributeType == .typeCharacterSpecial)
        let error = #expect(throws: OutputError.self) { try OutputFile("/dev/null").check() }
        #expect(
            error?.description
                == "/dev/null: cannot be written: it is no regular file; choose another place")
    }

    @Test(arguments: ["clara-tests-never-written", "x", "ü", "./x", "/tmp//x"])
    func aPathInAFolderThatIsThereIsFine(path: String) throws {
        try OutputFile(path).check()
        try OutputFile(path).check(makingFolder: true)
    }

    @Test func foldersMayBeMissingWhereTheyAreMade() throws {
        let path = folder.file("one/two/file")
        #expect(throws: OutputError.self) { try OutputFile(path).check() }
        try OutputFile(path).check(makingFolder: true)
        try folder.write("", to: "file")
        let error = #expect(throws: OutputError.self) {
            try OutputFile(folder.file("file/two/file")).check(makingFolder: true)
        }
        #expect(error == .notAFolder(path: folder.file("file")))
    }

    @Test func aFolderThatCannotBeMadeIsTold() throws {
        try folder.write("", to: "file")
        let error = #expect(throws: OutputError.self) {
            try OutputFile(folder.file("file/two/three")).makeFolder()
        }
        #expect(
            error?.description == "\(folder.file("file/two")): this folder cannot be made: "
                + "a file is in its way; choose another place")
        #expect(folder.contents == ["file"])
    }
}
