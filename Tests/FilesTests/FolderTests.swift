import Files
import Foundation
import Testing

@Suite struct FolderTests {
    @Test(arguments: [
        ("a", "."), ("a/", "."), ("/", "/"), ("/a", "/"), ("/a/b", "/a"), ("/a/b//", "/a"),
        ("a//b", "a"), ("ü/b", "ü"), ("../a", ".."),
    ])
    func everythingLiesInAFolder(path: String, folder: String) {
        #expect(Folder.above(path) == folder)
    }

    @Test func whatIsMissingIsMadeAndNothingElse() throws {
        let top = NSTemporaryDirectory() + "clara-tests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: top) }
        for path in [top + "/a/b/", top + "/a/b", top + "/a/c", "."] { try Folder.make(path) }
        let names = try FileManager.default.subpathsOfDirectory(atPath: top)
        #expect(names.sorted() == ["a", "a/b", "a/c"])
        try WholeFile.save([1], to: top + "/file")
        for path in [top + "/file", top + "/file/a/b"] {
            #expect(throws: FileError.inTheWay) { try Folder.make(path) }
        }
    }

    @Test func anEndlessPathIsRefused() {
        let path = String(repeating: "a/", count: 100_000)
        #expect(throws: FileError.system("its path is too long")) { try Folder.make(path) }
    }
}
