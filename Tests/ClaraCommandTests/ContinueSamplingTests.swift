import Foundation
import Score
import Testing

/// `clara continue`: models, samplers, and prompts as the world has them.
struct ContinueSamplingTests {
    private static func music(_ arguments: [String]) throws -> [[Note]] {
        try ContinueRun(["--bars", "2", "--takes", "2"] + arguments).scores.map(\.notes)
    }

    @Test(
        "Taking the best each time leaves nothing to the seed",
        arguments: [
            ["--top-k", "1"], ["--top-k", "8", "--choice-frequency", "0"],
        ])
    func bestIsAlwaysTheSame(flags: [String]) throws {
        let first = try Self.music(flags + ["--seed", "1"])
        #expect(first[0] == first[1])
        #expect(try Self.music(flags + ["--seed", "2"]) == first)
    }

    @Test(
        "Each sampler works, alone and composed",
        arguments: [
            ["--temperature", "0.7"], ["--temperature", "1.3", "--top-p", "0.9"], ["--top-k", "5"],
            ["--top-k", "5", "--choice-frequency", "0.5"],
            [
                "--temperature", "0.9", "--top-k", "20", "--top-p", "0.95", "--choice-frequency",
                "0.8",
            ],
        ])
    func samplersCompose(flags: [String]) throws {
        #expect(try Self.music(flags + ["--seed", "3"]).allSatisfy { !$0.isEmpty })
    }

    @Test func modelGoesByNameOrByPath() throws {
        let flags = ["--bars", "1", "--takes", "1", "--seed", "4"]
        let byDefault = try ContinueRun(flags).files
        #expect(try ContinueRun(flags + ["--model", "piano"]).files == byDefault)
        #expect(try ContinueRun(flags + ["--model", Repository.model]).files == byDefault)
    }

    @Test func handsHoldNoMoreThanTenNotes() throws {
        let continuation = try ContinueRun(["--bars", "4", "--temperature", "1.5", "--seed", "8"])
        for notes in continuation.scores.map(\.notes) {
            for note in notes {
                let together = notes.count { $0.onset <= note.onset && note.onset < $0.end }
                #expect(together <= 10)
            }
        }
    }

    @Test func messyPromptIsContinuedInItsOwnTempoMeterAndInstruments() throws {
        let folder = ScratchFolder()
        let prompt = try folder.write(MessyPrompt.bytes, as: "messy.mid")
        let continuation = try ContinueRun(
            of: prompt, ["--bars", "2", "--takes", "2", "--steady", "--seed", "3"], in: folder)
        let original = try Score(file: prompt)
        for (take, outline) in zip(continuation.scores, continuation.outlines) {
            let bar = 3.0
            #expect(take.tempoMap.changes.map(\.microsecondsPerQuarter) == [500_000, 600_000])
            #expect(take.meterMap.changes.map(\.meter) == [.common, try #require(Meter(3, 4))])
            let programs = Set(original.parts.filter { !$0.isDrums }.map(\.program))
            #expect(Set(take.parts.filter { !$0.isDrums }.map(\.program)) == programs)
            #expect(
                take.notes.contains { take.quarters($0.onset) >= MessyPrompt.endInQuarters },
                "it goes on")
            let end = Double(outline.end) / Double(outline.ticksPerQuarter)
            let newBars = (end - MessyPrompt.endInQuarters) / bar
            #expect(newBars == newBars.rounded() && newBars >= 2, "ends on a bar line: \(end)")
        }
    }

    @Test func drumsAreLeftOutAndItSaysSo() throws {
        let folder = ScratchFolder()
        let prompt = try folder.write(MessyPrompt.bytes, as: "messy.mid")
        let run = try ClaraProgram.run(
            ["continue", prompt, "-o", "out", "--bars", "1", "--takes", "1"], in: folder
        ).succeeded()
        #expect(run.output.lowercased().contains("drum"))
    }
}

/// A prompt with the mess of real files in it: format 0, running status, a meter and a tempo change,
/// pedal, system exclusive data, drums, two instruments, notes off the grid and overlapping.
enum MessyPrompt {
    /// A bar of 4/4, then two of 3/4.
    static let endInQuarters = 10.0

    static var bytes: Data {
        let events: [(delta: UInt8, bytes: [UInt8])] = [
            (0, [0xFF, 0x58, 4, 4, 2, 24, 8]), (0, [0xFF, 0x51, 3, 0x07, 0xA1, 0x20]),
            (0, [0xF0, 5, 0x7E, 0x7F, 9, 1, 0xF7]), (0, [0xC0, 0]), (0, [0xC1, 40]),
            // A chord a little broken, in running status; pedal; a drum; a violin note above.
            (0, [0x90, 48, 70]), (3, [55, 64]), (4, [60, 66]), (0, [0xB0, 64, 127]),
            (0, [0x99, 36, 100]), (2, [0x91, 76, 90]),
            // C again while it sounds.
            (87, [0x90, 60, 72]), (90, [60, 0]), (3, [0x91, 76, 0]), (0, [79, 88]),
            (96, [0x80, 48, 0]), (0, [55, 0]), (5, [0xB0, 64, 0]), (90, [0x91, 79, 0]),
            (4, [0x89, 36, 0]),
            // Tick 384: 3/4 and slower.
            (0, [0xFF, 0x58, 4, 3, 2, 24, 8]), (0, [0xFF, 0x51, 3, 0x09, 0x27, 0xC0]),
            (0, [0x90, 53, 70]), (0, [57, 60]), (0, [0x91, 77, 90]),
            (96, [77, 0]), (0, [76, 84]), (96, [76, 0]), (0, [74, 84]), (96, [74, 0]),
            (0, [0x90, 53, 0]), (0, [57, 0]),
            // Tick 672: the last bar.
            (0, [55, 70]), (0, [59, 60]), (0, [0x91, 71, 90]), (127, [71, 0]), (65, [74, 80]),
            (90, [74, 0]), (0, [0x90, 55, 0]), (0, [59, 0]), (0, [0xFF, 0x2F, 0]),
        ]
        let track = events.flatMap { [$0.delta] + $0.bytes }
        return Data("MThd".utf8) + Data([0, 0, 0, 6, 0, 0, 0, 1, 0, 96]) + Data("MTrk".utf8)
            + Data([0, 0, UInt8(track.count >> 8), UInt8(track.count & 0xFF)]) + Data(track)
    }
}
