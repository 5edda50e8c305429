import Foundation
import Testing

/// `clara benchmark frames` and `chorales`: anchors, training and the table's row.
@Suite(.serialized)
struct BenchmarkCommandTests {
    private static let recipe = """
        benchmark = "frames"
        [network]
        embedding = 8
        hidden = 12
        layers = 1
        [training]
        steps = 6
        batch = 2
        window = 16
        """

    private static func folder() throws -> ScratchFolder {
        let folder = ScratchFolder()
        let pieces = "[[[60, 64], [], [60]], [[62], [62, 65]]]"
        let json = "{\"train\": \(pieces), \"valid\": \(pieces), \"test\": [[[60]]]}"
        _ = try folder.write(Data(json.utf8), as: "data.json")
        _ = try folder.write(Data(recipe.utf8), as: "recipe.toml")
        return folder
    }

    private static let trained = Result {
        let folder = try BenchmarkCommandTests.folder()
        let output = try ClaraProgram.run(
            [
                "benchmark", "frames", "--data", "data.json", "--train", "--recipe", "recipe.toml",
                "-o", "model.safetensors",
            ], in: folder
        ).succeeded().output
        return (folder: folder, output: output)
    }

    @Test func trainingTellsTheFigureThatIsPublished() throws {
        let (folder, output) = try Self.trained.get()
        #expect(output.contains("2 pieces, 5 frames, 11 tokens, in twelve keys"))
        #expect(output.contains("nats per frame"))
        #expect(folder.listing().contains("model.safetensors"))
        #expect(!folder.listing().contains { $0.hasSuffix(".checkpoint") })
    }

    @Test func theRowHasTheFiguresOfTheProtocol() throws {
        let (folder, _) = try Self.trained.get()
        let arguments = [
            "benchmark", "frames", "--data", "data.json", "--model", "model.safetensors",
        ]
        let json = try ClaraProgram.run(arguments + ["--split", "valid", "--json"], in: folder)
            .succeeded().output
        let object = try jsonObject(json)
        #expect(
            try keys(of: object)
                .isSuperset(of: [
                    "natsPerFrame", "meanOfPieceMeans", "withoutFirstFrames", "frames", "pieces",
                    "hashes", "split", "isTheirData", "kinds",
                ]))
        let kinds = try #require(object["kinds"] as? [String: [String: Any]])
        #expect(kinds["repeated"]?["frames"] as? Int == 0 && kinds["new"]?["frames"] as? Int == 5)
        #expect(kinds["changed"]?["natsPerFrame"] as? Double == object["natsPerFrame"] as? Double)
        #expect(object["frames"] as? Int == 5 && object["isTheirData"] as? Bool == true)
        let nats = try #require(object["natsPerFrame"] as? Double)
        #expect(nats > 0 && nats < 20)
        let table = try ClaraProgram.run(arguments + ["--anchors"], in: folder).succeeded().output
        for word in [
            "1 piece, 1 frame", "test split", "marginal", "model.safetensors",
            "like the frame before: 0 (0.0 %)", "12 frames that the piece had before: 0",
        ] {
            #expect(table.contains(word), "no \(word) in \(table)")
        }
    }

    /// Chorales' figures are per token, and named so.
    @Test func choralesTellNatsPerToken() throws {
        let folder = ScratchFolder()
        let step = "[72, 67, 60, 48], [72, 67, 60, 48], [71, 67, 62, 43]"
        let pieces = "[[\(step)], [\(step), [72, 67, 64, 48]]]"
        let json = "{\"train\": \(pieces), \"valid\": \(pieces), \"test\": \(pieces)}"
        try folder.write(Data(json.utf8), as: "data.json")
        let recipe = Self.recipe.replacing("\"frames\"", with: "\"chorales\"")
        try folder.write(Data(recipe.utf8), as: "recipe.toml")
        let command = ["benchmark", "chorales", "--data", "data.json", "--json"]
        let trained = try jsonObject(
            ClaraProgram.run(
                command + ["--train", "--recipe", "recipe.toml", "-o", "m.safetensors"], in: folder
            ).succeeded().output)
        let validation = try #require(trained["validation"] as? [String: Any])
        #expect(validation["natsPerToken"] is Double)
        let measured = try jsonObject(
            ClaraProgram.run(
                command + ["--model", "m.safetensors", "--split", "valid"], in: folder
            ).succeeded().output)
        // Seven steps of four voices.
        #expect(measured["tokens"] as? Int == 28 && measured["pieces"] as? Int == 2)
        let nats = try #require(measured["natsPerToken"] as? Double)
        #expect(nats > 0 && nats < 20)
        #expect(measured["natsPerFrame"] == nil && measured["withoutFirstSteps"] is Double)
    }

    @Test func dynamicEvaluationIsARowOfItsOwn() throws {
        let (folder, _) = try Self.trained.get()
        let arguments = [
            "benchmark", "frames", "--data", "data.json", "--model", "model.safetensors",
            "--split", "valid",
        ]
        let plain = try jsonObject(
            try ClaraProgram.run(arguments + ["--json"], in: folder).succeeded().output)
        let dynamic = arguments + ["--dynamic", "--dynamic-segment", "3", "--dynamic-rate", "0.01"]
        let object = try jsonObject(
            try ClaraProgram.run(dynamic + ["--json"], in: folder).succeeded().output)
        #expect(object["natsPerFrame"] as? Double == plain["natsPerFrame"] as? Double)
        let row = try #require(object["dynamic"] as? [String: Any])
        #expect(row["natsPerFrame"] as? Double != object["natsPerFrame"] as? Double)
        let settings = try #require(row["settings"] as? [String: Any])
        #expect(settings["segment"] as? Int == 3 && settings["decay"] is Double)
        let table = try ClaraProgram.run(dynamic, in: folder).succeeded().output
        #expect(table.contains("model.safetensors, dynamic"))
    }

    /// Two seeds beside one another, then the second one's model away as if it had been interrupted there.
    @Test func severalSeedsAreTrainedAndTheBestIsKept() throws {
        let folder = try Self.folder()
        let arguments = [
            "benchmark", "frames", "--data", "data.json", "--train", "--recipe", "recipe.toml",
            "--seed", "4", "--seeds", "2", "-o", "model.safetensors", "--json",
        ]
        let first = try ClaraProgram.run(arguments, in: folder).succeeded().output
        let object = try jsonObject(first)
        let rows = try #require(object["seeds"] as? [[String: Any]])
        #expect(rows.map { $0["seed"] as? Int } == [4, 5])
        func nats(_ row: [String: Any], _ split: String) -> Double? {
            (row[split] as? [String: Any])?["natsPerFrame"] as? Double
        }
        let validation = try rows.map { try #require(nats($0, "validation")) }
        #expect(validation[0] != validation[1])
        let spread = try #require(object["validation"] as? [String: Any])
        let mean = try #require(spread["mean"] as? Double)
        #expect(abs(mean - (validation[0] + validation[1]) / 2) < 1e-9)
        let deviation = try #require(spread["standardDeviation"] as? Double)
        #expect(abs(deviation - abs(validation[0] - validation[1]) / 2.0.squareRoot()) < 1e-9)
        let kept = validation[0] < validation[1] ? 4 : 5
        #expect(object["keptSeed"] as? Int == kept)
        let model = try Data(contentsOf: folder.url("model.safetensors"))
        let best = try Data(contentsOf: folder.url("model-seed-\(kept).safetensors"))
        #expect(model == best)

        try FileManager.default.removeItem(at: folder.url("model-seed-5.safetensors"))
        let again = try ClaraProgram.run(arguments + ["--resume"], in: folder).succeeded().output
        #expect(again == first)
        try ClaraProgram.run(arguments + ["--resume", "--time", "1s"], in: folder)
            .failedClearly(mentioning: ["model-seed-4.safetensors", "another recipe"])
        _ = try folder.write(Data(), as: "model-seed-5.safetensors.checkpoint")
        let kept4 = try Data(contentsOf: folder.url("model-seed-4.safetensors"))
        try ClaraProgram.run(arguments, in: folder)
            .failedClearly(mentioning: ["model-seed-5.safetensors.checkpoint", "--resume"])
        #expect(try Data(contentsOf: folder.url("model-seed-4.safetensors")) == kept4)
    }

    /// Both stages of one command are what two commands train; the second goes on where it was stopped.
    @Test func stagesBeginWithTheWeightsOfTheOneBefore() throws {
        let folder = try Self.folder()
        let later = Self.recipe.replacing("steps = 6", with: "steps = 4")
        _ = try folder.write(Data(later.utf8), as: "later.toml")
        func train(_ arguments: [String]) throws -> ClaraProgram.Outcome {
            try ClaraProgram.run(
                ["benchmark", "frames", "--data", "data.json", "--train", "-o"] + arguments,
                in: folder)
        }
        _ = try train(["first.safetensors", "--recipe", "recipe.toml"]).succeeded()
        _ = try train([
            "second.safetensors", "--recipe", "later.toml", "--from", "first.safetensors",
        ]).succeeded()
        let stages = ["--recipe", "recipe.toml", "--recipe", "later.toml"]
        let output = try train(["both.safetensors"] + stages).succeeded().output
        #expect(output.contains("stage 1 of 2") && output.contains("stage 2 of 2"))
        func bytes(_ name: String) throws -> Data {
            try Data(contentsOf: folder.url("\(name).safetensors"))
        }
        #expect(try bytes("both-stage-1") == bytes("first"))
        #expect(try bytes("both") == bytes("second"))

        try train(["both.safetensors", "--resume"] + stages)
            .failedClearly(mentioning: ["both.safetensors", "nothing to resume"])
        try FileManager.default.removeItem(at: folder.url("both.safetensors"))
        let again = try train(["both.safetensors", "--resume"] + stages).succeeded().output
        #expect(again.contains("stage 1 of 2 was trained before"))
        #expect(try bytes("both") == bytes("second"))

        let seeds = ["--seeds", "2", "--json"]
        let rows =
            try jsonObject(
                train(["seeds.safetensors"] + stages + seeds).succeeded().output)["seeds"] as? [Any]
        #expect(rows?.count == 2)
        #expect(try bytes("seeds-seed-1") == bytes("second"))
        #expect(folder.listing().contains("seeds-seed-2-stage-1.safetensors"))
    }

    @Test func stagesOfOtherSizesAreRefusedBeforeAnyIsTrained() throws {
        let folder = try Self.folder()
        let other = Self.recipe.replacing("hidden = 12", with: "hidden = 13")
        _ = try folder.write(Data(other.utf8), as: "other.toml")
        try ClaraProgram.run(
            [
                "benchmark", "frames", "--data", "data.json", "--train", "--recipe", "recipe.toml",
                "--recipe", "other.toml", "-o", "model.safetensors",
            ], in: folder
        ).failedClearly(mentioning: ["other.toml", "recipe.toml", "another network"])
        #expect(!folder.listing().contains { $0.hasSuffix(".safetensors") })
    }

    @Test func withoutAModelItPrintsTheAnchors() throws {
        let output = try ClaraProgram.run(
            ["benchmark", "frames", "--data", "data.json", "--json"], in: try Self.folder()
        ).succeeded().output
        let anchors = try #require(try jsonObject(output)["anchors"] as? [[String: Any]])
        #expect(anchors.count == 2 && anchors.allSatisfy { $0["nats"] is Double })
    }

    @Test(arguments: [
        ["--train"], ["--train", "--model", "piano"], ["--recipe", "recipe.toml"], ["--resume"],
        ["--train", "--recipe", "recipe.toml", "-o", "m.safetensors", "--split", "test"],
        ["--split", "dev"], ["--dynamic"], ["--model", "piano", "--dynamic-rate", "1"],
        ["--train", "--recipe", "recipe.toml", "-o", "m.safetensors", "--dynamic"],
        ["--train", "--recipe", "recipe.toml", "-o", "m.safetensors", "--seeds", "0"],
        ["--train", "--recipe", "recipe.toml", "-o", "m.safetensors", "--all-keys"],
        ["--seeds", "3"], ["--all-keys"], ["--time", "1s"],
        [
            "--train", "--recipe", "recipe.toml", "--recipe", "recipe.toml", "-o", "m.safetensors",
            "--time", "1s",
        ],
    ])
    func flagsThatDoNotGoTogetherAreRefused(flags: [String]) throws {
        let outcome = try ClaraProgram.run(
            ["benchmark", "frames", "--data", "data.json"] + flags, in: try Self.folder())
        #expect(outcome.exited && outcome.status == 64)
    }

    @Test func dataOfAnotherShapeAreNamed() throws {
        let folder = try Self.folder()
        _ = try folder.write(Data("MThd".utf8), as: "other.json")
        for arguments in [
            ["chorales", "--data", "data.json"], ["frames", "--data", "other.json"],
        ] {
            try ClaraProgram.run(["benchmark"] + arguments, in: folder)
                .failedClearly(mentioning: [arguments[2]])
        }
    }
}

/// `clara benchmark samples`: continuations beside the composers'.
struct SamplesBenchmarkCommandTests {
    private static let examples = [
        "benchmark", "samples", "--model", "piano", "--data", Repository.path("Examples/tiny"),
        "--split", "all", "--prompt-bars", "4", "--bars", "4", "--takes", "4",
    ]

    @Test func theTableNamesAuthorsAndMeasuresAndThePlotsAreWritten() throws {
        let folder = ScratchFolder()
        let output = try ClaraProgram.run(
            Self.examples + ["--plots", "plots.svg"], in: folder
        ).succeeded().output
        for text in ["composers", "piano", "pitch-class entropy, 4 bars", "overlapped area"] {
            #expect(output.contains(text))
        }
        #expect(folder.listing().contains("plots.svg"))
    }

    @Test func theReportHasEveryTake() throws {
        let json = try ClaraProgram.run(Self.examples + ["--json"], in: ScratchFolder())
            .succeeded().output
        let columns = try #require(try jsonObject(json)["columns"] as? [[String: Any]])
        #expect(columns.map { $0["name"] as? String } == ["composers", "piano"])
        for column in columns {
            #expect(try #require(column["samples"] as? [Any]).count == 4)
            let measures = try #require(column["measures"] as? [String: Any])
            #expect(measures["groovingSimilarity"] != nil)
        }
    }

    /// What the error says to give is what `theReportHasEveryTake` gives.
    @Test(arguments: ["review", "benchmark samples"])
    func withoutHeldOutPiecesAllAreToBeAskedFor(command: String) throws {
        let run = try ClaraProgram.run(
            command.split(separator: " ").map(String.init)
                + ["--model", "piano", "--data", Repository.tinyPieces], in: ScratchFolder())
        run.failedClearly(mentioning: ["no piece there is on the validation side", "--split all"])
    }

    @Test(arguments: [["--takes", "0"], ["--bars", "0"], ["--plots", "plots.png"]])
    func whatCannotBeIsRefusedInOneLine(flags: [String]) throws {
        let run = try ClaraProgram.run(Self.examples + flags, in: ScratchFolder())
        #expect(run.status != 0)
        #expect(run.errors.split(separator: "\n").count == 1)
    }
}
