import Clara
import Encodings
import Foundation
import MIDIFile
import Score
import TestSupport
import Testing

@Suite struct CorpusTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aPipeIsNotWaitedForWhateverItsName() throws {
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "good.mid")
        try #require(mkfifo(folder.file("pipe.mid"), 0o600) == 0)
        let corpus = try Corpus([folder.path], encoding: NotewiseEncoding())
        #expect(names(corpus.pieces.map(\.path)) == ["good.mid"])
        #expect(corpus.skipped.isEmpty)
    }

    @Test func whatCannotBeUsedIsSkippedWithAReason() throws {
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "good.mid")
        try folder.write(GeneratedPieces.bytes(seed: 2), to: "deep/er/good.MIDI")
        try folder.write(GeneratedPieces.bytes(seed: 3), to: "sung.kar")
        try folder.write("not music", to: "notes.txt")
        try folder.write(Data(), to: "empty.mid")
        try folder.write("Dear diary", to: "text.mid")
        try folder.write(Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10]), to: "picture.mid")
        let drums = Part(isDrums: true, notes: GeneratedPieces.score(seed: 3).parts[0].notes)
        try folder.write(MIDIFile.write(Score(parts: [drums])), to: "drums.mid")
        try folder.write(MIDIFile.write(Score(parts: [])), to: "silent.mid")

        let corpus = try Corpus([folder.path], encoding: NotewiseEncoding())
        #expect(names(corpus.pieces.map(\.path)) == ["deep/er/good.MIDI", "good.mid", "sung.kar"])
        #expect(
            names(corpus.skipped.map(\.path)) == [
                "drums.mid", "empty.mid", "picture.mid", "silent.mid", "text.mid",
            ])
        let reasons = corpus.skipped.map(\.reason)
        #expect(reasons[0] == "it has no notes besides drums")
        #expect(reasons[1].hasPrefix("is empty;"))
        #expect(reasons[2].hasPrefix("is a JPEG"))
        #expect(reasons[3] == "it has no notes besides drums")
        #expect(reasons[4].hasPrefix("is "))
    }

    @Test func aFileNamedTwiceIsReadOnce() throws {
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "good.mid")
        let corpus = try Corpus(
            [folder.path, folder.file("good.mid")], encoding: NotewiseEncoding())
        #expect(corpus.pieces.count == 1)
    }

    @Test func progressCountsEveryFile() throws {
        for seed in 1...5 {
            try folder.write(GeneratedPieces.bytes(seed: seed), to: "\(seed).mid")
        }
        let seen = Collected<[Int]>()
        _ = try Corpus([folder.path], encoding: NotewiseEncoding()) { seen.append([$0, $1]) }
        #expect(seen.values.sorted { $0[0] < $1[0] } == (1...5).map { [$0, 5] })
    }

    @Test func aFolderWithoutMusicIsAnError() throws {
        let path = folder.path
        #expect(error(path)?.description == "\(path): there are no MIDI files there")
        try folder.write(Data(), to: "a.mid")
        #expect(
            error(path)?.description.hasPrefix(
                "\(path): no MIDI file there could be used; the first, \(path)/a.mid: ") == true)
        #expect(
            error(path + "/none")?.description
                == "\(path)/none: there is no such file or folder; give a folder of MIDI files")
    }

    private func error(_ path: String) -> CorpusError? {
        #expect(throws: CorpusError.self) { try Corpus([path], encoding: NotewiseEncoding()) }
    }

    private func names(_ paths: [String]) -> [String] {
        paths.map { String($0.dropFirst(folder.path.count + 1)) }
    }
}
