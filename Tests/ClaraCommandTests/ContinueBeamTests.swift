import Foundation
import Testing

/// `clara continue --beams` and what is done about repetition.
struct ContinueBeamTests {
    /// What `clara continue --beams --json` prints of a take.
    private struct Report: Decodable {
        struct Take: Decodable {
            let file: String
            let beam: Int
            let seed: Int?
            let tokens: Int
            let logProbabilityPerNote: Double
        }
        let takes: [Take]
        let settings: [String: Setting]
    }

    private enum Setting: Decodable, Equatable {
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    private func run(_ arguments: [String], in folder: ScratchFolder) throws -> Report {
        let run = try ClaraProgram.run(
            ["continue", Repository.waltz, "-o", "out", "--bars", "2", "--json"] + arguments,
            in: folder
        ).succeeded()
        return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    }

    @Test func aSearchGivesOneTakeTheSameEachTime() throws {
        let files = try (0..<2).map { _ in
            let folder = ScratchFolder()
            let report = try run(["--beams", "3"], in: folder)
            #expect(report.takes.map(\.file) == ["out/waltz-in-a-minor-beam-1.mid"])
            #expect(report.takes[0].beam == 1 && report.takes[0].seed == nil)
            #expect(report.settings["beams"] == .number(3))
            #expect(report.settings["expand"] == .number(3))
            #expect(report.settings["noRepeat"] == .number(12), "the standard")
            return try Data(contentsOf: folder.url(report.takes[0].file))
        }
        #expect(files[0] == files[1])
    }

    @Test func groupsGiveATakeEach() throws {
        let folder = ScratchFolder()
        let report = try run(["--beams", "6", "--beam-groups", "3"], in: folder)
        #expect(report.takes.map(\.beam) == [1, 2, 3])
        let files = try report.takes.map { try Data(contentsOf: folder.url($0.file)) }
        #expect(Set(files).count == 3)
        #expect(folder.listing().count { $0.hasSuffix(".mid") } == 3)
    }

    @Test func aSearchFindsWhatIsLikelierThanSamples() throws {
        let folder = ScratchFolder()
        let search = try run(["--beams", "3", "--no-repeat", "0"], in: folder)
        #expect(search.settings["noRepeat"] == nil)
        let samples = try ContinueRun(["--bars", "2", "--seed", "1"])
        for take in samples.report.takes {
            #expect(take.logProbabilityPerNote < search.takes[0].logProbabilityPerNote)
        }
    }

    @Test func tableNamesTheBeams() throws {
        let run = try ClaraProgram.run(
            [
                "continue", Repository.waltz, "-o", "mine.mid", "--bars", "1", "--beams", "3",
                "--takes", "2",
            ], in: ScratchFolder()
        ).succeeded()
        #expect(run.output.contains("mine-beam-1.mid") && run.output.contains("mine-beam-2.mid"))
        #expect(run.output.contains("beam\n") && !run.output.contains("seed"))
    }

    @Test func samplesRepeatNoPassageMoreThanTwiceUnlessToldOtherwise() throws {
        let take = [
            "continue", Repository.waltz, "--bars", "2", "--takes", "1", "--seed", "1", "--json",
        ]
        for (flags, noRepeat, repeats) in [
            ([], 24, 2), (["--repeats", "5"], 24, 5), (["--no-repeat", "12"], 12, nil),
            (["--no-repeat", "0"], nil, nil), (["--top-k", "5"], 24, 2),
        ] as [([String], Double?, Double?)] {
            let run = try ClaraProgram.run(take + flags, in: ScratchFolder()).succeeded()
            let settings = try #require(try jsonObject(run.output)["settings"] as? [String: Any])
            #expect(settings["noRepeat"] as? Double == noRepeat, "\(flags)")
            #expect(settings["repeats"] as? Double == repeats, "\(flags)")
        }
    }

    @Test func takesKeepOutOfLoopsUnlessToldOtherwise() throws {
        let take = [
            "continue", Repository.waltz, "--bars", "2", "--takes", "1", "--seed", "1", "--json",
        ]
        for (flags, noLoops) in [
            ([], true), (["--loops"], nil), (["--no-repeat", "12"], true),
            (["--top-k", "5"], true),
        ] as [([String], Bool?)] {
            let run = try ClaraProgram.run(take + flags, in: ScratchFolder()).succeeded()
            let settings = try #require(try jsonObject(run.output)["settings"] as? [String: Any])
            #expect(settings["noLoops"] as? Bool == noLoops, "\(flags)")
        }
    }

    @Test func samplesDoNotRepeatAPassage() throws {
        let greedy = ["--bars", "8", "--takes", "1", "--seed", "1", "--choice-frequency", "0"]
        let free = try ContinueRun(greedy)
        let guarded = try ContinueRun(greedy + ["--no-repeat", "12"])
        #expect(free.files != guarded.files)
        #expect(
            free.report.takes[0].logProbabilityPerNote
                > guarded.report.takes[0].logProbabilityPerNote)
        #expect(guarded.outlines[0].texts.joined().contains(#""noRepeat":12"#))
        let penalised = try ContinueRun(
            ["--bars", "2", "--seed", "1", "--repetition-penalty", "1.5"])
        #expect(penalised.outlines[0].texts.joined().contains(#""repetitionPenalty":1.5"#))
        #expect(
            penalised.outlines[0].texts.joined().contains(#""temperature":1.05"#),
            "the standard temperature stays")
    }

    @Test(
        "Flags that contradict each other",
        arguments: [
            (["--beams", "3", "--temperature", "1"], "--beams and --temperature exclude"),
            (
                ["--beams", "3", "--choice-frequency", "1"],
                "--beams and --choice-frequency exclude"
            ),
            (["--beams", "3", "--seed", "1"], "--beams and --seed exclude"),
            (["--expand", "3"], "--expand belongs to a beam search"),
            (["--diversity", "1"], "--diversity belongs to a beam search"),
        ])
    func contradictionsAreRefused(flags: [String], text: String) throws {
        let run = try ClaraProgram.run(
            ["continue", Repository.waltz, "-o", "out"] + flags, in: ScratchFolder())
        #expect(run.exited && run.status == 64)
        #expect(run.errors.hasPrefix("Error: \(text)") && run.output.isEmpty)
    }

    @Test(
        "Numbers that make no sense",
        arguments: [
            (["--beams", "0"], "--beams must be"), (["--beams", "-3"], "--beams must be"),
            (["--beams", "3", "--expand", "1"], "--expand must be"),
            (["--beams", "3", "--beam-groups", "2"], "--beam-groups must be"),
            (["--beams", "3", "--diversity", "1"], "--diversity must be"),
            (["--beams", "3", "--length-penalty", "nan"], "--length-penalty must be"),
            (["--beams", "3", "--takes", "4"], "--takes must be at most the number of --beams, 3"),
            (["--no-repeat", "1"], "--no-repeat must be"),
            (["--no-repeat", "0", "--repeats", "1"], "--repeats must be"),
            (["--repetition-penalty", "0.5"], "--repetition-penalty must be"),
        ])
    func senselessNumbersAreRefused(flags: [String], text: String) throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(
            ["continue", Repository.waltz, "-o", "out"] + flags, in: folder)
        run.failedClearly(mentioning: [text])
        #expect(folder.listing().isEmpty)
    }
}
