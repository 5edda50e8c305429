import Foundation
import MIDIFile
import Score
import Testing

/// `clara originality`.
struct OriginalityTests {
    private struct Report: Decodable {
        struct Run: Decodable {
            struct Source: Decodable {
                let file: String
                let composer: String?
                let bar: Int
            }

            let length, notes, sharedNotes, bar, semitones: Int
            let start, seconds, quarters: Double
            let source: Source
        }

        struct Chance: Decodable {
            let pieces, exactWithin: Int
        }

        let newFromBar: Int?
        let notes, pieces, leftOut, phrase: Int
        let exact, near: [Run]
        let chance: Chance?
    }

    private struct Index: Decodable {
        let file: String
        let pieces, bytes: Int
    }

    private static let piece = Repository.path("Examples/tiny/waltz-in-f.mid")

    private func report(_ arguments: [String], in folder: ScratchFolder) throws -> Report {
        let run = try ClaraProgram.run(
            ["originality"] + arguments + ["--json"], in: folder
        ).succeeded()
        return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    }

    /// An index of Examples/tiny.
    private func index(in folder: ScratchFolder) throws -> String {
        let run = try ClaraProgram.run(
            [
                "originality", "index", "--data", Repository.tinyPieces, "-o", "tiny.originality",
                "--json",
            ], in: folder
        ).succeeded()
        let index = try JSONDecoder().decode(Index.self, from: Data(run.output.utf8))
        #expect(index.pieces == 8)
        let bytes = try Data(contentsOf: folder.url("tiny.originality"))
        #expect(index.file == "tiny.originality" && index.bytes == bytes.count)
        return index.file
    }

    /// The invention and, from its fifth bar on, the waltz, a third higher and in notes twice as long.
    private func quotation(in folder: ScratchFolder) throws -> String {
        let invention = try Score(file: Repository.invention)
        let waltz = try Score(file: Self.piece)
        let notes = waltz.notes.compactMap { note in
            note.pitch.transposed(by: 4).map {
                Note(
                    pitch: $0,
                    onset: Ticks(Int((16 + 2 * waltz.quarters(note.onset)) * 480)),
                    duration: Ticks(Int(2 * waltz.quarters(note.duration) * 480)))
            }
        }
        let score = Score(
            parts: invention.resolution(divisibleBy: 480).parts + [Part(notes: notes)])
        return try folder.write(MIDIFile.write(score), as: "quotation.mid")
    }

    @Test func aQuotationIsFoundWithPlaceKeyAndSource() throws {
        let folder = ScratchFolder()
        let (index, piece) = (try index(in: folder), try quotation(in: folder))
        let report = try report([piece, "--index", index], in: folder)
        let run = try #require(report.exact.first)
        #expect(run.source.file == "waltz-in-f.mid" && run.source.bar == 1)
        #expect(run.bar == 5 && run.semitones == 4)
        #expect(run.length > report.phrase && run.notes == run.sharedNotes)
        #expect(abs(run.start - 8) < 0.001)
        #expect(report.near.first?.source.file == "waltz-in-f.mid")
        #expect(report.chance?.pieces == 8)

        let text = try ClaraProgram.run(
            ["originality", piece, "--index", index], in: folder
        ).succeeded().output
        #expect(text.contains("waltz-in-f.mid") && text.contains("+4") && text.contains("a copy"))
    }

    @Test func folderIsComparedWithoutAnIndex() throws {
        let folder = ScratchFolder()
        let piece = try quotation(in: folder)
        let report = try report(
            [piece, "--data", Repository.tinyPieces, "--runs", "1"], in: folder)
        #expect(report.exact.count == 1 && report.chance == nil)
        #expect(report.exact.first?.source.file == Self.piece)
        #expect(report.pieces == 8 && report.leftOut == 0)
    }

    @Test func aFileIsNoCopyOfItself() throws {
        let arguments = [Self.piece, "--data", Repository.tinyPieces]
        let folder = ScratchFolder()
        let report = try report(arguments, in: folder)
        #expect(report.exact.allSatisfy { !$0.source.file.hasSuffix("waltz-in-f.mid") })
        #expect(report.pieces == 7 && report.leftOut == 1)
        let text = try ClaraProgram.run(["originality"] + arguments, in: folder).succeeded().output
        #expect(text.contains("compared with 7 pieces of") && text.contains("itself left out"))
    }

    /// A prompt that is in the music is no copy of Clara's.
    @Test func ofATakeTheNewMusicIsCompared() throws {
        let folder = ScratchFolder()
        _ = try ClaraProgram.run(
            [
                "continue", Self.piece, "--takes", "1", "--seed", "1", "--bars", "4", "-o",
                "take.mid",
            ], in: folder
        ).succeeded()
        let arguments = ["take.mid", "--data", Repository.tinyPieces]
        let report = try report(arguments, in: folder)
        let bars = try Score(file: Self.piece).barCount
        #expect(report.newFromBar == bars + 1)
        #expect((report.exact + report.near).allSatisfy { $0.bar > bars })
        let text = try ClaraProgram.run(["originality"] + arguments, in: folder).succeeded().output
        #expect(text.contains("what is new from bar \(bars + 1) on"))
    }

    @Test func tablesBesideTheMusicNameTheSource() throws {
        let folder = ScratchFolder()
        try FileManager.default.copyItem(
            at: URL(fileURLWithPath: Repository.tinyPieces), to: folder.url("music"))
        try folder.write(
            Data("file,composer,title\nwaltz-in-f.mid,\"Strauss, Johann\",A waltz\n".utf8),
            as: "music/metadata.csv")
        let piece = try quotation(in: folder)
        let report = try report([piece, "--data", "music"], in: folder)
        #expect(report.exact.first?.source.composer == "Strauss, Johann")
    }

    @Test func aModelWithoutAnIndexSaysHowToMakeOne() throws {
        let folder = ScratchFolder()
        try FileManager.default.copyItem(
            atPath: Repository.model, toPath: folder.path("mine.safetensors"))
        for arguments in [
            ["originality", Self.piece, "--model", "mine.safetensors"],
            ["continue", Self.piece, "--original", "--model", "mine.safetensors"],
        ] {
            try ClaraProgram.run(arguments, in: folder).failedClearly(mentioning: [
                "mine.originality", "clara originality index --model mine.safetensors",
            ])
        }
        #expect(folder.listing() == ["mine.safetensors"])
    }

    @Test func damagedIndexesAreRefused() throws {
        let folder = ScratchFolder()
        let bytes = try Data(contentsOf: folder.url(index(in: folder)))
        try folder.write(bytes.dropLast(100), as: "short.originality")
        try ClaraProgram.run(
            ["originality", Self.piece, "--index", "short.originality"], in: folder
        )
        .failedClearly(mentioning: ["short.originality", "damaged at byte"])
        try ClaraProgram.run(["originality", Self.piece, "--index", Self.piece], in: folder)
            .failedClearly(mentioning: ["no index of Clara's"])
    }

    @Test func aFailedIndexLeavesNothing() throws {
        let folder = ScratchFolder()
        try folder.write(Data("no music".utf8), as: "letter.mid")
        try ClaraProgram.run(
            ["originality", "index", "--data", "letter.mid", "-o", "a.originality"], in: folder
        ).failedClearly(mentioning: ["letter.mid"])
        #expect(folder.listing() == ["letter.mid"])
    }

    @Test func takesTellWhatTheyShare() throws {
        let folder = ScratchFolder()
        try FileManager.default.copyItem(
            atPath: Repository.model, toPath: folder.path("mine.safetensors"))
        try FileManager.default.moveItem(
            atPath: folder.path(index(in: folder)), toPath: folder.path("mine.originality"))
        let arguments = [
            "continue", Repository.waltz, "--original", "--model", "mine.safetensors", "--bars",
            "4",
            "--takes", "2", "--seed", "3",
        ]
        let json = try ClaraProgram.run(arguments + ["--json"], in: folder).succeeded().output
        let object = try jsonObject(json)
        let settings = try #require(object["settings"] as? [String: Any])
        #expect(settings["original"] as? Bool == true)
        for take in try #require(object["takes"] as? [[String: Any]]) {
            #expect(take["copies"] is [String: Any])
        }
        let text = try ClaraProgram.run(arguments, in: folder).succeeded().output
        #expect(text.contains("longest exact runs"))
    }
}
