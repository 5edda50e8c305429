import Foundation
import MIDIFile
import Score
import Testing

/// The music that demo and tests stand on is what they take it for.
struct ExampleTests {
    private static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
            .filter { $0.hasSuffix(".mid") }.map { Repository.path("\(folder)/\($0)") }
    }

    @Test(arguments: [("Examples", 7, 4...8), ("Examples/tiny", 8, 16...32)])
    func everyPieceIsWholeBarsOfPlayableMusic(
        folder: String, count: Int, bars: ClosedRange<Int>
    ) throws {
        let files = try Self.files(in: folder)
        #expect(files.count == count)
        for file in files {
            let (score, report) = try MIDIFile.read(contentsOf: file)
            #expect(report.repairs.isEmpty, "\(file)")
            #expect((1...3).contains(score.parts.count))
            #expect(bars.contains(score.barCount), "\(file) has \(score.barCount) bars")
            #expect(score.notes.allSatisfy { (33...94).contains($0.pitch.number) })
            let outline = try MIDIOutline(Data(contentsOf: URL(fileURLWithPath: file)))
            let line = score.meterMap.barLine(
                atOrAfter: score.end, ticksPerQuarter: score.ticksPerQuarter)
            #expect(outline.end == line.count)
        }
    }

    @Test func messyPromptIsAsMessyAsItSays() throws {
        let (score, _) = try MIDIFile.read(MessyPrompt.bytes, named: "messy")
        #expect(score.parts.contains { $0.isDrums })
        #expect(Set(score.parts.filter { !$0.isDrums }.map(\.program)) == [0, 40])
        #expect(score.meterMap.changes.count == 2 && score.tempoMap.changes.count == 2)
        #expect(score.quarters(score.end) < MessyPrompt.endInQuarters)
        #expect(score.quarters(score.end) > MessyPrompt.endInQuarters - 0.1)
        let offGrid = score.notes.filter { $0.onset.count * 12 % score.ticksPerQuarter != 0 }
        #expect(!offGrid.isEmpty)
    }
}
