import Foundation
import Score
import Testing

/// `clara encode` and `clara decode`.
struct EncodingCommandTests {
    private static func encode(
        _ file: String, _ flags: [String] = [], in folder: ScratchFolder = ScratchFolder()
    ) throws -> String {
        try ClaraProgram.run(["encode", file] + flags, in: folder).succeeded().output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Writes `text` to a file, decodes it, and gives the path of the MIDI file.
    private static func decode(
        _ text: String, _ flags: [String] = [], in folder: ScratchFolder
    ) throws -> String {
        try folder.write(Data(text.utf8), as: "text.txt")
        try ClaraProgram.run(["decode", "text.txt", "-o", "music.mid"] + flags, in: folder)
            .succeeded()
        return folder.path("music.mid")
    }

    private struct GridNote: Hashable {
        let pitch: Pitch
        let onset: Double
        let length: Double
    }

    private static func grid(_ file: String) throws -> Set<GridNote> {
        let score = try Score(file: file)
        return Set(
            score.notes.map {
                GridNote(
                    pitch: $0.pitch, onset: score.quarters($0.onset),
                    length: score.quarters($0.duration))
            })
    }

    @Test func textIsTheDocumentedOne() throws {
        let folder = ScratchFolder()
        // The encoding's own example: p20 is MIDI 53 at range 62.
        let text = "p20 p32 wait3 endp20 p25 endp32 wait12 endp25 wait1"
        let music = try Self.decode(text, in: folder)
        let notes = try Self.grid(music)
        #expect(notes.map(\.pitch.number).sorted() == [53, 58, 65])
        let lowest = try #require(notes.first { $0.pitch.number == 53 })
        #expect(lowest.onset == 0 && lowest.length == 4.0 / 12)
        #expect(try Self.encode(music) == text)
    }

    @Test(
        "Music on the grid comes back note for note",
        arguments: [
            ("waltz-in-a-minor", "62-12"), ("invention-in-d-minor", "62-12"),
            ("sonatina-in-c", "88-12"), ("invention-in-d-minor", "88-4"),
            ("sonatina-in-c", "62-4"),
        ])
    func roundTrip(name: String, grid: String) throws {
        let folder = ScratchFolder()
        let flags = ["--encoding", "notewise-\(grid)"]
        let original = Repository.path("Examples/\(name).mid")
        let text = try Self.encode(original, flags)
        let music = try Self.decode(text, flags, in: folder)
        #expect(try Self.grid(music) == Self.grid(original))
        #expect(try Self.encode(music, flags) == text, "text → MIDI → text")
    }

    @Test func coarserGridWaitsLess() throws {
        let fine = try Self.encode(Repository.waltz, ["--encoding", "notewise-62-12"])
        let coarse = try Self.encode(Repository.waltz, ["--encoding", "notewise-62-4"])
        func longestWait(_ text: String) -> Int {
            text.split(separator: " ").filter { $0.hasPrefix("wait") }
                .compactMap { Int($0.dropFirst(4)) }.max() ?? 0
        }
        #expect((10...25).contains(longestWait(fine)))
        #expect((1...9).contains(longestWait(coarse)))
    }

    @Test func fullKeyboardNumbersKeysFromItsLowest() throws {
        let folder = ScratchFolder()
        let music = try Self.decode(
            "p0 wait12 endp0 p87 wait1", ["--encoding", "notewise-88-12"], in: folder)
        #expect(try Self.grid(music).map(\.pitch.number).sorted() == [21, 108])
    }

    @Test func textGoesToAFileWhenOneIsNamed() throws {
        let folder = ScratchFolder()
        let printed = try Self.encode(Repository.invention, in: folder)
        try ClaraProgram.run(["encode", Repository.invention, "-o", "text.txt"], in: folder)
            .succeeded()
        let written = try String(contentsOf: folder.url("text.txt"), encoding: .utf8)
        #expect(written.trimmingCharacters(in: .whitespacesAndNewlines) == printed)
    }
}
