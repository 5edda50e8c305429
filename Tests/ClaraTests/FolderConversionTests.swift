import Clara
import Foundation
import TestSupport
import Testing

@Suite struct FolderConversionTests {
    private let folder: TemporaryFolder
    private let converter: TextConverter

    init() throws {
        folder = try TemporaryFolder()
        converter = try TextConverter()
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "in/a.mid")
        try folder.write(GeneratedPieces.bytes(seed: 2), to: "in/sub/b.midi")
    }

    @Test func textsKeepTheirPlaces() throws {
        try folder.write(GeneratedPieces.bytes(seed: 3), to: "c.mid")
        try convert([folder.file("in"), folder.file("c.mid")])
        let written = folder.contents.filter { $0.hasPrefix("out") }
        #expect(written == ["out", "out/a.txt", "out/c.txt", "out/sub", "out/sub/b.txt"])
        let text = try String(contentsOfFile: folder.file("out/a.txt"), encoding: .utf8)
        #expect(try text == converter.text(ofFile: folder.file("in/a.mid")).text + "\n")
    }

    @Test(arguments: ["in/", "in//", "./in", "in/../in"])
    func placesDependOnNoSpelling(input: String) throws {
        try convert([folder.file(input)])
        let written = folder.contents.filter { $0.hasPrefix("out") }
        #expect(written == ["out", "out/a.txt", "out/sub", "out/sub/b.txt"])
    }

    @Test func whatCannotBeUsedInAFolderIsSkipped() throws {
        try folder.write("no music", to: "in/sub/bad.mid")
        #expect(try convert([folder.file("in")]) == [folder.file("in/sub/bad.mid")])
        #expect(folder.contents.contains("out/sub/b.txt"))
        #expect(!folder.contents.contains("out/sub/bad.txt"))
    }

    @Test func aNamedFileMustBeUsable() throws {
        try folder.write("no music", to: "bad.mid")
        #expect(throws: (any Error).self) { try convert([folder.file("bad.mid")]) }
        #expect(!folder.contents.contains("out"))
    }

    @Test func aFolderWithNothingUsableIsAnError() throws {
        try folder.write("no music", to: "bad/a.mid")
        let error = #expect(throws: ConversionError.self) { try convert([folder.file("bad")]) }
        #expect(
            error?.description.hasPrefix(
                "no file could be used; the first, \(folder.path)/bad/a.mid: ") == true)
        try folder.write("no music", to: "none/a.txt")
        let none = #expect(throws: ConversionError.self) { try convert([folder.file("none")]) }
        #expect(
            none?.description == "\(folder.path)/none: there are no MIDI files there")
        #expect(!folder.contents.contains("out"))
    }

    @Test func twoFilesForOneTextAreRefusedBeforeAnyIsWritten() throws {
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "in/a.midi")
        let error = #expect(throws: ConversionError.self) { try convert([folder.file("in")]) }
        let path = folder.path
        #expect(
            error?.description
                == "\(path)/in/a.mid and \(path)/in/a.midi would both be written to "
                + "\(path)/out/a.txt; convert them one by one")
        #expect(!folder.contents.contains("out"))
    }

    /// - Returns: the files that were skipped.
    @discardableResult
    private func convert(_ inputs: [String]) throws -> [String] {
        var skipped: [String] = []
        try FolderConversion(inputs, to: folder.file("out")).run(by: converter) { result in
            if case .skipped(let file) = result { skipped.append(file.path) }
        }
        return skipped
    }
}
