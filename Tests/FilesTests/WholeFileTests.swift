import Files
import Foundation
import Testing

@Suite struct WholeFileTests {
    /// Runs `body` with the path of a new folder, removed afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("clara-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test(arguments: [0, 1, 4095, 4096, 100_000])
    func whatIsWrittenIsRead(count: Int) throws {
        try withFolder { folder in
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31) }
            try WholeFile.save(bytes, to: folder + "/a")
            #expect(try WholeFile.bytes(of: folder + "/a", limit: count) == bytes)
            let file = try MappedFile(path: folder + "/a")
            #expect(withExtendedLifetime(file) { Array(file.bytes) } == bytes)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
        }
    }

    @Test func aNewFileHasTheUsualPermissionsAndAnOldOneKeepsItsOwn() throws {
        try withFolder { folder in
            try WholeFile.save([1], to: folder + "/a")
            let mask = umask(0)
            umask(mask)
            #expect(try permissions(folder + "/a") == 0o666 & ~Int(mask))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o640], ofItemAtPath: folder + "/a")
            try WholeFile.save([2], to: folder + "/a")
            #expect(try permissions(folder + "/a") == 0o640)
        }
    }

    @Test func aLinkStaysALink() throws {
        try withFolder { folder in
            try WholeFile.save([1], to: folder + "/a")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link", withDestinationPath: "a")
            try WholeFile.save([2], to: folder + "/link")
            #expect(try WholeFile.bytes(of: folder + "/a", limit: 9) == [2])
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "a")
        }
    }

    @Test func whatCannotBeReadOrWrittenSaysWhy() throws {
        try withFolder { folder in
            try WholeFile.save([1, 2, 3], to: folder + "/a")
            #expect(throws: FileError.missing) {
                try WholeFile.bytes(of: folder + "/none", limit: 9)
            }
            #expect(throws: FileError.missing) {
                try WholeFile.bytes(of: folder + "/a/b", limit: 9)
            }
            #expect(throws: FileError.folder) { try WholeFile.bytes(of: folder, limit: 9) }
            #expect(throws: FileError.larger(thanBytes: 2)) {
                try WholeFile.bytes(of: folder + "/a", limit: 2)
            }
            #expect(throws: FileError.folder) { try MappedFile(path: folder) }
            #expect(throws: FileError.noRegularFile) { try MappedFile(path: "/dev/null") }
            #expect(throws: FileError.folder) { try WholeFile.save([1], to: folder) }
            #expect(throws: FileError.self) { try WholeFile.save([1], to: folder + "/no/a") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
        }
    }

    @Test func aDeviceIsWrittenToAsItIs() throws {
        try WholeFile.save([1], to: "/dev/null")
        #expect(try WholeFile.bytes(of: "/dev/null", limit: 9).isEmpty)
    }
}
