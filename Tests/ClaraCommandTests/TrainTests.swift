import Foundation
import Score
import Testing

/// `clara train`: the tiny recipe end to end, `kill -9` and `--resume`, short runs.
///
/// One after another, since each run uses every core.
@Suite(.serialized)
struct TrainTests {
    private static let model = "model.safetensors"

    /// Trains with the tiny recipe on the tiny pieces; `model.safetensors` is in the folder then.
    private static func train(_ flags: [String] = [], in folder: ScratchFolder) throws -> String {
        try ClaraProgram.run(arguments(flags), in: folder).succeeded().output
    }

    private static func arguments(_ flags: [String]) -> [String] {
        ["train", "--data", Repository.tinyPieces, "-o", model]
            + (flags.contains("--recipe") ? [] : ["--recipe", Repository.tinyRecipe]) + flags
    }

    /// A run that nothing disturbed, made once for the tests below.
    private static let undisturbed = Result {
        let folder = ScratchFolder()
        return (folder: folder, output: try train(in: folder))
    }

    @Test func tinyRecipeLearnsItsPieces() throws {
        let (folder, output) = try Self.undisturbed.get()
        #expect(folder.listing() == [Self.model], "checkpoints go once the model is there")
        for word in ["nats per token", "bits per note"] {
            #expect(output.contains(word), "no \(word) in \(output)")
        }
        let run = try ClaraProgram.run(
            ["evaluate", "--model", Self.model, "--data", Repository.tinyPieces, "--json"],
            in: folder
        ).succeeded()
        let nats = try #require(try jsonObject(run.output)["natsPerToken"] as? Double)
        // A guess among the words that the grammar allows costs about 4 nats.
        #expect(nats < 1.5)
    }

    @Test func trainedModelContinuesMusic() throws {
        let (folder, _) = try Self.undisturbed.get()
        let continuation = try ContinueRun(
            ["--bars", "2", "--takes", "2", "--model", folder.path(Self.model)])
        for outline in continuation.outlines { #expect(outline.end > 8 * 3 * 480) }
    }

    /// The state is saved each minute, longer than this run, and when it is asked to stop.
    @Test func killedRunResumesToTheSameWeights() throws {
        let (reference, _) = try Self.undisturbed.get()
        let folder = ScratchFolder()
        let stopped = try ClaraProgram.start(Self.arguments([]), in: folder)
        try #require(!stopped.endsWithin(milliseconds: 1_000), "too short to be disturbed")
        stopped.interrupt()
        try #require(stopped.waitForEnd(seconds: 60))
        #expect(try stopped.outcome().status != 0)
        let state = folder.listing()
        #expect(state.count == 1 && state != [Self.model], "the state, and no model: \(state)")

        // Killed at once, and in the midst of it.
        for delay in [20, 500] {
            let killed = try ClaraProgram.start(Self.arguments(["--resume"]), in: folder)
            try #require(!killed.endsWithin(milliseconds: delay))
            killed.kill()
            // The file whose lock ended with the program is taken over by the next.
            #expect(folder.listing().filter { !$0.hasSuffix(".lock") } == state)
        }

        let output = try Self.train(["--resume"], in: folder)
        #expect(output.contains("going on"), "it says that it does: \(output)")
        let resumed = try SafetensorsOutline(path: folder.path(Self.model))
        let expected = try SafetensorsOutline(path: reference.path(Self.model))
        #expect(resumed.weights == expected.weights)
        #expect(folder.listing() == [Self.model], "nothing of the disturbed runs is left")
    }

    private static let fewSteps = Data(
        """
        encoding = "notewise-62-12"
        [network]
        embedding = 16
        hidden = 24
        layers = 1
        [training]
        steps = 5
        batch = 4
        window = 32
        validation = 0.2
        """.utf8)

    @Test func runSaysWhatItSkippedAndWhy() throws {
        let folder = ScratchFolder()
        let recipe = try folder.write(Self.fewSteps, as: "few.toml")
        try FileManager.default.copyItem(
            atPath: Repository.tinyPieces, toPath: folder.path("pieces"))
        try folder.write(Data(), as: "pieces/nothing.mid")
        try folder.write(BadPrompt.picture, as: "pieces/picture.mid")
        let output = try ClaraProgram.run(
            ["train", "--data", "pieces", "-o", Self.model, "--recipe", recipe], in: folder
        ).succeeded().output
        for word in ["nothing.mid", "empty", "picture.mid", "JPEG"] {
            #expect(output.contains(word), "no \(word) in \(output)")
        }
    }

    @Test func sameRecipeAndDataGiveTheSameFile() throws {
        let folder = ScratchFolder()
        let recipe = try folder.write(Self.fewSteps, as: "few.toml")
        var models: [Data] = []
        for _ in 0..<2 {
            _ = try Self.train(["--recipe", recipe], in: folder)
            models.append(try Data(contentsOf: folder.url(Self.model)))
        }
        #expect(models[0] == models[1])
    }

    @Test func terminalShowsHowFarTheRunIs() throws {
        let shown = try ClaraProgram.runOnTerminal(
            Self.arguments(["--time", "3s"]), in: ScratchFolder())
        for word in ["epoch", "tokens/s", "left", "nats", "bits"] {
            #expect(shown.contains(word), "no \(word) in \(shown)")
        }
    }

    @Test func timeEndsTheRun() throws {
        let folder = ScratchFolder()
        let recipe = try folder.write(Self.fewSteps, as: "few.toml")
        let start = ContinuousClock.now
        _ = try Self.train(["--recipe", recipe, "--time", "2s"], in: folder)
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(FileManager.default.fileExists(atPath: folder.path(Self.model)))
    }
}
