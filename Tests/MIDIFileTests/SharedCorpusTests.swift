import Foundation
import MIDIFile
import Score
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.folder != nil, "needs ../shared/data or CLARA_SHARED"))
struct SharedCorpusTests {
    struct Entry: Decodable {
        let file: String
        let notes: Int?
        let expect: String
    }

    private static func manifest() throws -> (folder: URL, entries: [Entry]) {
        let folder = URL(
            fileURLWithPath: try #require(SharedData.folder) + "/robustness/synthetic")
        let data = try Data(contentsOf: folder.appendingPathComponent("manifest.json"))
        return (folder, try JSONDecoder().decode([Entry].self, from: data))
    }

    @Test func syntheticFilesAreReadAsTheirManifestSays() throws {
        let (folder, entries) = try Self.manifest()
        #expect(entries.count > 100)
        for entry in entries {
            let path = folder.appendingPathComponent(entry.file).path
            do throws(MIDIFileError) {
                let (score, report) = try MIDIFile.read(contentsOf: path)
                #expect(entry.expect != "error", "\(entry.file)")
                if let notes = entry.notes {
                    #expect(score.noteCount == notes, "\(entry.file)")
                }
                if entry.expect.hasPrefix("ok") {
                    #expect(report.repairs.isEmpty, "\(entry.file): \(report.repairs)")
                }
            } catch {
                #expect(entry.expect.contains("error"), "\(error)")
            }
        }
    }

    @Test(arguments: ["robustness/jazz-soft", "robustness/nfroidure-midifile"])
    func oddFilesAreReadOrRefusedAndRoundTrip(folder: String) throws {
        let paths = SharedData.files(under: folder)
        #expect(paths.count > 70)
        for path in paths {
            guard let (score, _) = try? MIDIFile.read(contentsOf: path) else { continue }
            let again = try MIDIFile.read(MIDIFile.write(score), named: path, policy: .strict)
            #expect(again.score == score, "\(path)")
        }
    }

    @Test func pianoMusicIsReadWithoutErrorsAndRoundTrips() throws {
        let paths = SharedData.files(under: "piano")
        #expect(paths.count > 1000)
        for (index, path) in paths.enumerated() where index.isMultiple(of: 40) {
            let (score, report) = try MIDIFile.read(contentsOf: path)
            #expect(score.noteCount > 0 && score.seconds > 1, "\(path)")
            #expect(report.repairs.allSatisfy { $0.kind == .strayRelease }, "\(report.repairs)")
            let again = try MIDIFile.read(MIDIFile.write(score), named: path, policy: .strict)
            #expect(again.score == score, "\(path)")
        }
    }

    /// Of the 3,743 files 3,653 come back; the others are damaged or no MIDI files.
    @Test func allUndamagedFilesComeBackByteForByte() throws {
        let paths = SharedData.files(under: "").filter { $0.hasSuffix(".mid") }
        #expect(paths.count > 3700)
        var same = 0
        for path in paths {
            guard let (file, report) = try? MIDIFile.readEvents(contentsOf: path) else { continue }
            let isSame = MIDIFile.write(file) == (try Data(contentsOf: URL(fileURLWithPath: path)))
            #expect(isSame || !report.repairs.isEmpty, "\(path)")
            same += isSame ? 1 : 0
        }
        #expect(same >= 3653)
    }

    @Test func clipsOfBothProtocolsAndAnyGroupHoldTheSameScale() throws {
        let paths = SharedData.files(under: "robustness/jazz-soft/midi2")
        #expect(paths.count == 19)
        let scales = try paths.filter { $0.contains("c-major-scale") }.map {
            try MIDIFile.read(contentsOf: $0, policy: .strict).score
        }
        #expect(scales.count == 4)
        let pitches = scales.first?.parts.first?.notes.map(\.pitch.number)
        #expect(pitches == [60, 62, 64, 65, 67, 69, 71, 72])
        #expect(Set(scales).count == 1)
    }
}
