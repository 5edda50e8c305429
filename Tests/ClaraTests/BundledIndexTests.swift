import Clara
import Foundation
import MIDIFile
import Originality
import TestSupport
import Testing

/// The indexes that ship beside the voices, and real music.
@Suite struct BundledIndexTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func source(_ voice: String = "piano") throws -> OriginalitySource {
        try OriginalitySource(
            besideModel: Self.root.appendingPathComponent("Models/\(voice).safetensors").path)
    }

    /// Each voice has one, of all pieces that it was trained on; the others are its measure.
    @Test(arguments: [("piano", 1_526, 81), ("duet", 1_309, 82), ("jazz", 420, 36)])
    func aPhraseIsLongerThanWhatIsSharedByChance(
        voice: String, pieces: Int, heldOut: Int
    ) throws {
        let source = try source(voice)
        #expect(source.pieces == pieces)
        let baseline = try #require(source.table.index.baseline)
        #expect(baseline.pieces == heldOut)
        #expect(ChanceBaseline.length(0.95, of: baseline.exact) <= SharedRun.phrase)
    }

    @Test func waltzOfOursIsNoCopy() throws {
        let waltz = Self.root.appendingPathComponent("Examples/waltz-in-a-minor.mid").path
        let report = try OriginalityReport(
            ofFile: waltz, comparedWith: source(), runs: 5)
        #expect((report.exact.first?.length ?? 0) < SharedRun.phrase)
        #expect(report.chance != nil)
    }

    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
    func thePromenadeIsKnownInLaterPictures() throws {
        let folder = try #require(SharedData.folder) + "/piano/piano-midi-de/midis/Mussorgsky"
        let source = try OriginalitySource(reading: [folder])
        let report = try OriginalityReport(
            ofFile: folder + "/muss_7.mid", comparedWith: source, runs: 5)
        let run = try #require(report.exact.first)
        #expect(run.length > 60 && run.source.file.hasSuffix("muss_1.mid"))
        #expect(run.source.composer == "Mussorgsky" && run.source.title != nil)
    }

    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
    func trainingMusicInAnotherKeyIsKnown() throws {
        let path =
            try #require(SharedData.folder) + "/piano/piano-midi-de/midis/Mussorgsky/muss_7.mid"
        var score = try MIDIFile.read(contentsOf: path).score
        score.parts = score.parts.map { part in
            Part(
                notes: part.notes.compactMap { note in
                    note.pitch.transposed(by: -3).map {
                        Note(pitch: $0, onset: note.onset, duration: note.duration)
                    }
                })
        }
        let table = try source().table
        let run = try #require(
            RunSearch(ChordSequence(of: score), in: table).exactRuns(atMost: 1).first)
        #expect(table.index.pieces[run.source].name.file.hasSuffix("muss_7.mid"))
        #expect(run.transposition == -3 && run.notes > 1_000)
    }
}
