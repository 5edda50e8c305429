import Foundation
import MIDIFile
import Score
import Testing

/// `clara continue`: files, report and determinism.
struct ContinueTests {
    /// Ticks from the start of the waltz to its eighth bar line, and the length of a bar.
    private static let promptEnd = 8 * 3 * 480
    private static let bar = 3 * 480

    @Test func fourTakesOfEightBarsComeByDefault() throws {
        let continuation = try ContinueRun(["--seed", "1"])
        #expect(continuation.report.takes.count == 4)
        #expect(Set(continuation.report.takes.map(\.file)).count == 4)
        for (outline, take) in zip(continuation.outlines, continuation.report.takes) {
            #expect(take.bars == 8)
            #expect(outline.end * 480 == (Self.promptEnd + 8 * Self.bar) * outline.ticksPerQuarter)
        }
    }

    @Test func reportHasTheFieldsThatScriptsReadAndNoOthers() throws {
        let continuation = try ContinueRun(["--bars", "1", "--takes", "2"])
        let object = try jsonObject(continuation.json)
        #expect(try keys(of: object).isSuperset(of: ["takes", "timing"]))
        #expect(try keys(of: object["timing"]) == ["load", "prompt", "generate", "write"])
        for take in try #require(object["takes"] as? [Any]) {
            #expect(
                try keys(of: take) == [
                    "file", "seed", "bars", "notes", "seconds", "tokens", "tokensPerSecond",
                    "logProbabilityPerNote",
                ])
        }
        let timing = continuation.report.timing
        for seconds in [timing.load, timing.prompt, timing.generate, timing.write] {
            #expect(seconds >= 0 && seconds < 60)
        }
    }

    @Test func reportTellsOfTheNewPart() throws {
        let continuation = try ContinueRun([
            "--bars", "4", "--takes", "3", "--seed", "5", "--steady",
        ])
        for (score, take) in zip(continuation.scores, continuation.report.takes) {
            let start = Double(Self.promptEnd) / 480
            let new = score.notes.filter { score.quarters($0.onset) >= start }
            #expect(take.notes == new.count)
            #expect(take.bars == 4)
            #expect(abs(take.seconds - 4 * 3 * 60 / 116) < 0.05)
            #expect(take.tokens >= take.notes)
            #expect(take.tokensPerSecond > 0)
            #expect(take.logProbabilityPerNote < 0 && take.logProbabilityPerNote > -100)
        }
    }

    @Test func sameSeedGivesIdenticalBytes() throws {
        let flags = ["--bars", "2", "--takes", "3", "--seed", "42", "--temperature", "0.9"]
        let first = try ContinueRun(flags)
        let second = try ContinueRun(flags, output: "elsewhere")
        #expect(first.files == second.files)
        #expect(Set(first.files).count == 3, "takes of one run differ from each other")
    }

    @Test func takeCanBeMadeAgainFromItsOwnSeed() throws {
        let flags = ["--bars", "2", "--top-k", "12", "--seed"]
        let takes = try ContinueRun(flags + ["77", "--takes", "4"])
        let third = takes.report.takes[2]
        let again = try ContinueRun(flags + ["\(third.seed)", "--takes", "1"])
        #expect(again.files == [takes.files[2]])
    }

    @Test func anotherSeedGivesOtherMusic() throws {
        let flags = ["--bars", "2", "--takes", "1", "--seed"]
        let first = try ContinueRun(flags + ["1"])
        let second = try ContinueRun(flags + ["2"])
        #expect(first.scores[0].notes != second.scores[0].notes)
    }

    @Test func takeBeginsWithThePromptNoteForNote() throws {
        let continuation = try ContinueRun([
            "--bars", "2", "--takes", "1", "--steady", "--seed", "3",
        ])
        let prompt = try Score(file: Repository.waltz)
        let take = continuation.scores[0]
        #expect(take.tempoMap == prompt.tempoMap)
        #expect(take.meterMap == prompt.meterMap)
        #expect(take.parts.map(\.program) == prompt.parts.map(\.program))
        let kept = take.parts.map { part in
            part.notes.filter { $0.onset.count < Self.promptEnd }
        }
        #expect(kept == prompt.parts.map(\.notes))
        #expect(take.notes.count > prompt.notes.count, "it goes on")
    }

    @Test func newOnlyLeavesThePromptOut() throws {
        let flags = ["--bars", "2", "--takes", "1", "--seed", "9", "--steady"]
        let whole = try ContinueRun(flags)
        let part = try ContinueRun(flags + ["--new-only"])
        let new = part.scores[0]
        let both = whole.scores[0]
        let prompt = try Score(file: Repository.waltz)
        #expect(new.notes.count == both.notes.count - prompt.notes.count)
        #expect(part.report.takes[0].notes == new.notes.count)
        #expect(new.tempoMap.changes.last?.microsecondsPerQuarter == 517_241)
        #expect(new.meterMap.changes.last?.meter == Meter(3, 4))
        let outline = part.outlines[0]
        #expect(outline.end * 480 % (Self.bar * outline.ticksPerQuarter) == 0)
    }

    @Test func secondsGoOnToABarLineNearby() throws {
        let continuation = try ContinueRun(["--seconds", "6", "--takes", "2", "--steady"])
        let secondsOfABar = 3.0 * 60 / 116
        for (outline, take) in zip(continuation.outlines, continuation.report.takes) {
            #expect(abs(take.seconds - 6) <= secondsOfABar)
            #expect(outline.end * 480 % (Self.bar * outline.ticksPerQuarter) == 0)
        }
    }

    @Test func fileSaysHowToMakeTheTakeAgain() throws {
        let continuation = try ContinueRun([
            "--bars", "1", "--takes", "2", "--seed", "12345", "--temperature", "0.85", "--top-k",
            "7", "--top-p", "0.95", "--choice-frequency", "0.75",
        ])
        for (outline, take) in zip(continuation.outlines, continuation.report.takes) {
            let texts = outline.texts.joined(separator: "\n")
            for setting in ["\(take.seed)", "0.85", "7", "0.95", "0.75"] {
                #expect(texts.contains(setting), "no \(setting) in \(texts)")
            }
            let hash = try texts.firstMatch(of: Regex("[0-9a-f]{8,64}"))
            #expect(hash != nil, "no model hash in \(texts)")
        }
    }

    @Test func terminalShowsProgress() throws {
        let arguments = ["continue", Repository.waltz, "-o", "out", "--bars", "8", "--seed", "1"]
        let piped = try ClaraProgram.run(arguments, in: ScratchFolder()).succeeded().output
        let shown = try ClaraProgram.runOnTerminal(arguments, in: ScratchFolder())
        #expect(shown.count > piped.count, "the table, and the progress before it")
    }

    @Test func tableNamesEveryFile() throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(
            ["continue", Repository.invention, "-o", "out", "--bars", "1", "--takes", "3"],
            in: folder
        ).succeeded()
        let files = folder.listing().filter { $0.hasSuffix(".mid") }
        #expect(files.count == 3)
        for file in files {
            #expect(run.output.contains(URL(fileURLWithPath: file).lastPathComponent))
        }
        for column in ["file", "bars", "seconds", "notes"] {
            #expect(run.output.lowercased().contains(column))
        }
    }

    /// What is heard or read in the prompt; the conductor's track without notes in the waltz is neither.
    @Test func whatNoTakeKeepsOfThePromptIsTold() throws {
        let folder = ScratchFolder()
        let track: [UInt8] =
            [0, 0xE0, 0, 0x50, 0, 0xFF, 0x05, 2, 0x6C, 0x61, 0, 0x90, 60, 64]
            + [0x83, 0x00, 0x80, 60, 64, 0, 0xFF, 0x2F, 0]
        try folder.write(
            Data(
                Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96] + Array("MTrk".utf8)
                    + [0, 0, 0, UInt8(track.count)] + track),
            as: "sung.mid")
        func output(_ prompt: String) throws -> String {
            try ClaraProgram.run(
                ["continue", prompt, "--takes", "1", "--seed", "1", "--bars", "1"], in: folder
            ).succeeded().output
        }
        #expect(
            try output("sung.mid").hasPrefix(
                "prompt: 1 pitch bend left out; 1 lyric, marker or later text left out\n"))
        #expect(try !output(Repository.waltz).contains("left out"))
    }
}
