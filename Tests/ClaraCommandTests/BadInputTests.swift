import Foundation
import Testing

/// Bad input gives one clear line on stderr and an exit code that is not 0, and leaves nothing.
struct BadInputTests {
    /// Runs `clara` with what `arguments` makes of a fresh folder, which has to stay as it was.
    private func expectFailure(
        mentioning words: [String], location: SourceLocation = #_sourceLocation,
        _ arguments: (ScratchFolder) throws -> [String]
    ) throws {
        let folder = ScratchFolder()
        let arguments = try arguments(folder)
        let before = folder.listing()
        let run = try ClaraProgram.run(arguments, in: folder)
        run.failedClearly(mentioning: words, location)
        #expect(folder.listing() == before, "something is left", sourceLocation: location)
    }

    @Test(arguments: BadPrompt.allCases)
    func badPromptIsNotContinued(prompt: BadPrompt) throws {
        try expectFailure(mentioning: prompt.mentions) { folder in
            ["continue", try prompt.make(in: folder), "-o", "out", "--bars", "1", "--takes", "1"]
        }
    }

    @Test(arguments: [BadPrompt.withoutNotes, .onlyDrums])
    func whatHasNothingToAccompanyIsToldSo(part: BadPrompt) throws {
        try expectFailure(mentioning: part.mentions + ["give the melody"]) { folder in
            ["accompany", try part.make(in: folder), "-o", "out"]
        }
    }

    @Test func aWholeDuetIsNotAccompanied() throws {
        let duet = Repository.path("Examples/romance-in-g.mid")
        try expectFailure(mentioning: ["both parts", "Violin, Piano", "the melody alone"]) { _ in
            ["accompany", duet, "-o", "out"]
        }
    }

    @Test(arguments: BadPrompt.allCases)
    func errorNamesThePromptAsItWasGiven(prompt: BadPrompt) throws {
        let folder = ScratchFolder()
        let name = String(try prompt.make(in: folder).dropFirst(folder.url.path.count + 1))
        let run = try ClaraProgram.run(["continue", name, "-o", "out"], in: folder)
        run.failedClearly(mentioning: [name])
    }

    @Test(
        arguments: BadPrompt.allCases.filter { ![.onlyDrums, .withoutNotes, .folder].contains($0) })
    func badFileIsNotEncoded(file: BadPrompt) throws {
        try expectFailure(mentioning: file.mentions) { folder in
            ["encode", try file.make(in: folder), "-o", "text.txt"]
        }
    }

    @Test(arguments: BadModel.allCases)
    func badModelDoesNotContinue(model: BadModel) throws {
        try expectFailure(mentioning: model.mentions) { folder in
            [
                "continue", Repository.waltz, "-o", "out", "--bars", "1", "--takes", "1", "--model",
                try model.make(in: folder),
            ]
        }
    }

    @Test(arguments: BadModel.allCases)
    func badModelIsNotEvaluated(model: BadModel) throws {
        try expectFailure(mentioning: model.mentions) { folder in
            ["evaluate", "--model", try model.make(in: folder), "--data", Repository.tinyPieces]
        }
    }

    @Test(
        "A number that makes no sense",
        arguments: [
            ("--bars", "0"), ("--bars", "-3"), ("--seconds", "0"),
            ("--seconds", "nan"), ("--seconds", "inf"), ("--takes", "0"), ("--takes", "-1"),
            ("--temperature", "nan"), ("--temperature", "0"), ("--temperature", "-1"),
            ("--temperature", "inf"), ("--top-k", "0"), ("--top-p", "0"), ("--top-p", "1.5"),
            ("--top-p", "nan"), ("--choice-frequency", "-0.1"), ("--choice-frequency", "1.1"),
            ("--choice-frequency", "nan"), ("--seed", "-1"),
            ("--bars", "\(Int.max)"), ("--takes", "\(Int.max)"), ("--seconds", "3601"),
            ("--temperature", "101"), ("--top-k", "\(Int.max)"), ("--no-repeat", "\(Int.max)"),
            ("--repetition-penalty", "101"), ("--seed", "\(Int.max)"),
            ("--max-notes", "\(Int.max)"),
        ])
    func senselessNumberIsRefused(flag: String, value: String) throws {
        try expectFailure(mentioning: [String(flag.dropFirst(2)), value]) { _ in
            ["continue", Repository.waltz, "-o", "out", flag, value]
        }
    }

    @Test(
        "A command line that makes no sense",
        arguments: [
            ["continue", Repository.waltz, "--bars", "2", "--seconds", "3"],
            ["continue", Repository.waltz, "--bars", "many"],
            ["continue", Repository.waltz, "--seed", "abc"],
            ["continue", Repository.waltz, "--moo"],
            ["continue", Repository.waltz, "--critic", "critic"],
            ["compose", "--critic", "critic", "--rank", "likelihood"],
            ["continue"], ["train", "-o", "model.safetensors"], ["sing"],
            [
                "train", "--data", Repository.tinyPieces, "-o", "model.safetensors", "--time",
                "soon",
            ],
            ["train", "--data", Repository.tinyPieces, "-o", "model.safetensors", "--time", "0s"],
            ["library", "list", "--max-notes=-1"],
            ["library", "list", "--min-length", "99999999999999999999h"],
            ["library", "collect", "http://localhost/", "-o", "c", "--rate", "1e-300"],
        ])
    func senselessCommandLineIsRefused(arguments: [String]) throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(arguments, in: folder)
        #expect(run.exited && run.status == 64)
        #expect(run.errors.hasPrefix("Error: ") && run.output.isEmpty)
        #expect(folder.listing().isEmpty)
    }

    @Test func outputThatIsAFileStaysAsItIs() throws {
        let folder = ScratchFolder()
        let path = try folder.write(Data("mine".utf8), as: "out")
        let run = try ClaraProgram.run(
            ["continue", Repository.waltz, "-o", "out", "--bars", "1", "--takes", "1"], in: folder)
        run.failedClearly(mentioning: ["out"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
        #expect(folder.listing() == ["out"])
    }

    @Test(
        "Where no take can be written", arguments: ["out", "out/in/it", "out/x.mid", "/dev/null"])
    func outputIsRefusedBeforeTheWork(output: String) throws {
        let place = output.hasPrefix("out") ? "out" : output
        try expectFailure(mentioning: ["clara: \(place): is no folder"]) { folder in
            try folder.write(Data("mine".utf8), as: "out")
            // A thousand bars would take half a minute.
            return ["continue", Repository.waltz, "-o", output, "--bars", "1000"]
        }
    }

    /// Neither what is read nor anything else that is called otherwise is written over.
    @Test(
        "What is written is called what it is",
        arguments: [
            (["critique", "song.mid", "--roll", "song.mid"], "song.mid: is the file that is read"),
            (["critique", "song.mid", "--roll", "roll.png"], "end in .svg"),
            (["train", "--data", Repository.tinyPieces, "-o", "song.mid"], "end in .safetensors"),
            (
                ["identify", "train", "--data", Repository.tinyPieces, "-o", "song.mid"],
                "end in .safetensors"
            ),
            (
                ["originality", "index", "--data", Repository.tinyPieces, "-o", "song.mid"],
                "end in .originality"
            ),
            (["continue", "song.mid", "-o", ""], "has no name"),
        ])
    func whatIsWrittenIsCalledWhatItIs(arguments: [String], mentioned: String) throws {
        let folder = ScratchFolder()
        let song = try Data(contentsOf: URL(fileURLWithPath: Repository.waltz))
        let path = try folder.write(song, as: "song.mid")
        try ClaraProgram.run(arguments, in: folder).failedClearly(mentioning: [mentioned])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == song)
        #expect(folder.listing() == ["song.mid"])
    }

    /// The parser does not know how far they go.
    @Test(
        "Numbers outside their range",
        arguments: [
            ["--bars", "0"], ["--takes", "65"], ["--temperature", "0"], ["--no-repeat", "1"],
            ["--beams", "12", "--beam-groups", "5"],
        ])
    func aNumberOutsideItsRangeIsAWrongCommandLine(flags: [String]) throws {
        let run = try ClaraProgram.run(["continue", Repository.waltz] + flags, in: ScratchFolder())
        run.failedClearly(mentioning: [flags[flags.count - 2]])
        #expect(run.status == 64)
    }

    @Test(
        "Text that cannot be decoded",
        arguments: [
            ("p20 wait3 endp20 q7 wait12", ["q7"]), ("p20 wait3 endp20 p99 wait12", ["p99"]),
            ("p20 wait26", ["wait26"]), ("", ["text.txt"]),
        ])
    func badTextIsNotDecoded(text: String, mentions: [String]) throws {
        try expectFailure(mentioning: mentions) { folder in
            ["decode", try folder.write(Data(text.utf8), as: "text.txt"), "-o", "music.mid"]
        }
    }

    @Test func pictureIsNotDecoded() throws {
        try expectFailure(mentioning: ["text.txt"]) { folder in
            ["decode", try folder.write(BadPrompt.picture, as: "text.txt"), "-o", "music.mid"]
        }
    }

    @Test(
        "What cannot be trained on",
        arguments: [
            ["--data", "missing"], ["--data", "empty"], ["--data", "pictures"],
            ["--data", Repository.tinyPieces, "--recipe", "missing.toml"],
            ["--data", Repository.tinyPieces, "--recipe", "misspelt.toml"],
            ["--data", Repository.tinyPieces, "--recipe", "broken.toml"],
        ])
    func badTrainingIsRefused(flags: [String]) throws {
        try expectFailure(mentioning: [flags.last ?? ""]) { folder in
            for name in ["empty", "pictures"] {
                try FileManager.default.createDirectory(
                    at: folder.url(name), withIntermediateDirectories: true)
            }
            try folder.write(BadPrompt.picture, as: "pictures/one.mid")
            try folder.write(Data("[network]\nhiden = 96\n".utf8), as: "misspelt.toml")
            try folder.write(Data("[network\n".utf8), as: "broken.toml")
            return ["train", "-o", "model.safetensors"] + flags
        }
    }
}
