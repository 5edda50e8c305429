import Clara
import Encodings
import Foundation
import MIDIFile
import Score
import Tensors
import TestSupport
import Testing

@Suite struct TakeReviewPromptTests {
    /// A scale of quarters in 3/4, each held over to the end of the next: `bars` bars.
    private static func piece(bars: Int) throws -> Score {
        let meter = try #require(Meter(3, 4))
        let notes = try (0..<3 * bars).map {
            Note(
                pitch: try #require(Pitch(40 + $0 % 40)), onset: Ticks($0 * 100),
                duration: Ticks($0 + 1 < 3 * bars ? 200 : 100))
        }
        return Score(
            ticksPerQuarter: 100, meterMap: MeterMap([.init(tick: .zero, meter: meter)]),
            parts: [Part(notes: notes)])
    }

    private static func source(_ piece: Score) throws -> ReviewPromptSource {
        let path = NSTemporaryDirectory() + "clara-\(UUID().uuidString).mid"
        try MIDIFile.write(piece, to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try ReviewPromptSource(
            path: path, encoding: NotewiseEncoding(range: .keys88), promptBars: 2,
            continuationBars: 3)
    }

    @Test func aPromptIsCutAtItsLastBarLine() throws {
        let prompt = try #require(try Self.source(Self.piece(bars: 9)).prompt(at: 1))
        // 100 ticks are none that twelve steps divide; 300 are.
        #expect(prompt.score.ticksPerQuarter == 300)
        #expect(prompt.firstBar == 2)
        #expect(prompt.seam == Ticks(2 * 3 * 300))
        #expect(prompt.score.noteCount == 6)
        #expect(prompt.score.end == prompt.seam)
        #expect(prompt.score.parts[0].notes[0].pitch.number == 43)
        #expect(prompt.score.meterMap.change(at: .zero).meter == Meter(3, 4))
    }

    @Test func theComposersBarsFollowThePrompt() throws {
        let human = try #require(try Self.source(Self.piece(bars: 9)).prompt(at: 1)).human
        #expect(human.length == 9)
        #expect(human.barLength == 3)
        #expect(human.notes.map(\.onset) == (0..<9).map(Double.init))
        #expect(human.notes.map(\.pitch) == Array(49..<58))
        // Notes last no longer than the passage.
        #expect(human.notes.map(\.duration) == Array(repeating: 2, count: 8) + [1])
    }

    @Test func promptsComeFromEverywhereInThePiece() throws {
        let source = try Self.source(Self.piece(bars: 9))
        var generator = SeededGenerator(seed: 1)
        let bars = try (0..<100).map { _ in try source.draw(using: &generator).firstBar }
        #expect(Set(bars) == Set(1...5))
    }

    @Test func aPieceWithoutBarsToCompareWithIsUnfit() throws {
        #expect(try Self.source(Self.piece(bars: 5)).prompt(at: 0) != nil)
        #expect {
            _ = try Self.source(Self.piece(bars: 4))
        } throws: {
            ($0 as? ReviewPromptSource.Unfit)?.reason
                == "it has 4 bars, too few for a prompt of 2 and the 3 after it"
        }
    }

    @Test func aPromptThatEndsInARestIsNone() throws {
        var piece = try Self.piece(bars: 5)
        piece.parts[0] = Part(
            notes: piece.parts[0].notes.filter {
                $0.onset.count / 300 != 1 && $0.onset.count != 200
            })
        let source = try Self.source(piece)
        #expect(source.prompt(at: 0) == nil)
        var generator = SeededGenerator(seed: 1)
        #expect(throws: ReviewPromptSource.Unfit.self) { _ = try source.draw(using: &generator) }
    }

    /// The thresholds are made for this music: at most about one continuation in a hundred is at
    /// fault, though not never, or the detectors would be deaf.
    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
    func composersAreRarelyAtFault() throws {
        let folder = try #require(SharedData.folder) + "/piano/piano-midi-de"
        let files =
            FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        var generator = SeededGenerator(seed: 1)
        var count = 0
        var faults = 0
        for name in files.sorted() where name.hasSuffix(".mid") {
            guard
                let source = try? ReviewPromptSource(
                    path: folder + "/" + name, encoding: NotewiseEncoding(range: .keys88),
                    promptBars: 8, continuationBars: 16),
                let prompt = try? source.draw(using: &generator)
            else { continue }
            count += 1
            faults += TakeFault.all(in: prompt.human).isEmpty ? 0 : 1
        }
        #expect(count > 200)
        #expect((1...count / 25).contains(faults))
    }
}
