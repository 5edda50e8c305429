import Clara
import Foundation
import Networks
import TestSupport
import Testing
import Training

@Suite struct RecipeTests {
    @Test func aFileThatIsNotThereIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("no.toml")
        let error = #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) }
        #expect(error?.description == "\(path): there is no such file")
    }

    @Test func whatIsNoTextIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Data([0xFF, 0xFE]), to: "r.toml")
        for (path, problem) in [
            (path, "it is not text"), ("/dev/zero", "it is larger than 1 MiB"),
            (folder.path, "it is a folder"),
        ] {
            let error = #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) }
            #expect(error?.description == "\(path): \(problem)")
        }
    }

    @Test func theTimeReplacesTheLength() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("[training]\nsteps = 3", to: "r.toml")
        #expect(try Recipe(contentsOf: path).settings.length == .steps(3))
        #expect(try Recipe(contentsOf: path, seconds: 60).settings.length == .seconds(60))
    }

    /// All of Recipes/, and how many weights the networks have.
    @Test(arguments: [
        ("piano.toml", 3_890_000...3_895_000), ("duet.toml", 5_365_000...5_385_000),
        ("jazz.toml", 3_580_000...3_590_000), ("tiny.toml", 350_000...360_000),
        ("clara2018.toml", 9_760_000...9_900_000), ("transformer.toml", 5_200_000...5_500_000),
        // Before its words are taken from music.
        ("chordwise.toml", 9_760_000...9_900_000),
    ])
    func theRepositorysRecipesAreGood(name: String, weights: ClosedRange<Int>) throws {
        let recipe = try Recipe(contentsOf: Self.recipes + name)
        let shapes = try recipe.settings.network.shapes
        let count = shapes.reduce(0) { $0 + $1.shape.reduce(1, *) }
        #expect(weights.contains(count), "\(count)")
        #expect(
            try Recipe(contentsOf: Self.recipes + name, seconds: 9).settings.length == .seconds(9))
    }

    private static let recipes =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Recipes/").standardized.path + "/"

    /// The numbers of train.py, and its multiplier.
    @Test func clarasRecipeIsHers() throws {
        let text = try String(contentsOfFile: Self.recipes + "clara2018.toml", encoding: .utf8)
        let settings = try Recipe(toml: text, named: "clara2018").settings
        #expect(settings.streams == 32 && settings.steps == 200 && settings.isJittered)
        #expect(settings.clip == 0.3 && settings.network.contexts == 0)
        #expect(
            settings.optimiser
                == (try Adam.Settings(kind: .adam, beta1: 0.7, beta2: 0.99, weightDecay: 1e-6)))
        let doubled = text.replacing("scale = 1\n", with: "scale = 2\n")
        try #require(doubled != text)
        let twice = try Recipe(toml: doubled, named: "clara2018").settings.regularisation
        #expect(
            twice
                == (try Regularisation(
                    embedding: 0.04, input: 0.1, hidden: 0.1, output: 0.1, weight: 0.2,
                    activation: 2, temporalActivation: 1)))
    }

    /// Every key that the tables know, each with another value than its own.
    @Test func everyKeyHasItsPlace() throws {
        let recipe = try Recipe(toml: Self.full, named: "full")
        let settings = try recipe.settings
        #expect(recipe.validationShare == 0.25)
        let network = try LSTMConfiguration(
            vocabulary: recipe.encoding.encoding(for: []).vocabulary.count, embedding: 10,
            hidden: 11, layers: 3,
            contexts: settings.network.contexts)
        #expect(settings.network == .lstm(network))
        #expect(
            settings.regularisation
                == (try Regularisation(
                    embedding: 0.05, input: 0.1, hidden: 0.15, output: 0.25, weight: 0.2,
                    activation: 3, temporalActivation: 4)))
        #expect(
            settings.optimiser
                == (try Adam.Settings(
                    kind: .adam, beta1: 0.6, beta2: 0.7, epsilon: 1e-7, weightDecay: 0.8)))
        #expect(
            settings.schedule
                == .oneCycle(
                    try OneCycleSchedule(
                        rate: 0.5, rise: 0.4, startDivisor: 3, endDivisor: 4,
                        momentum: .init(high: 0.9, low: 0.8))))
        #expect(settings.average == .exponential(decay: 0.99))
        #expect(settings.length == .steps(77) && settings.streams == 5 && settings.steps == 6)
        #expect(settings.isJittered && settings.clip == 0.9 && settings.seed == 8)
        #expect(settings.validationInterval == 9)
        let triggered = try Recipe(
            toml: "[average]\nkind = \"nt-asgd\"\npatience = 7", named: "triggered")
        #expect(try triggered.settings.average == .triggered(patience: 7))
        let cosine = try Recipe(
            toml: "[schedule]\nkind = \"cosine\"\nrate = 1\nwarmup = 2\nend = 0.1", named: "cosine")
        #expect(
            try cosine.settings.schedule
                == .cosine(try CosineSchedule(rate: 1, warmup: 2, end: 0.1)))
    }

    @Test(arguments: [
        ("barwise-88-12", 88, 1), ("barwise-duet-62-12", 62, 2), ("notewise-62-12", 62, 1),
        ("notewise-duet-88-12", 88, 2),
    ])
    func scoresAreOfTheEncodingsNotesAndGuesses(name: String, notes: Int, instruments: Int) throws {
        let recipe = try Recipe(toml: "encoding = \"\(name)\"", named: "scores")
        let encoding = recipe.encoding.encoding(for: [])
        let context = try #require(encoding.context())
        let references = try #require(context.references)
        let guesses = try #require(context.guesses)
        let frequencies = try #require(context.frequencies)
        let scores = try #require(recipe.settings.network.scores)
        #expect(
            scores.intervals
                == IntervalLayout(
                    firstNote: references.firstToken, notes: notes, instruments: instruments,
                    firstReference: references.firstID, references: 2 + 5 * instruments))
        #expect(
            scores.pitchClasses
                == PitchClassLayout(
                    firstNote: references.firstToken, notes: notes, instruments: instruments,
                    lowest: 9, firstFrequency: frequencies.firstID, frequencies: 6, memories: 2))
        #expect(
            scores.guesses
                == GuessLayout(
                    firstGuess: guesses.firstID, words: encoding.vocabulary.count, standings: 96,
                    guesses: 2))
        #expect(
            scores.harmony
                == context.sounding.map {
                    HarmonyLayout(
                        firstNote: references.firstToken, notes: notes, instruments: instruments,
                        firstSounding: $0.firstID, ways: 2)
                })
    }

    @Test func eachKindOfScoresCanBeLeftOut() throws {
        func scores(_ network: String) throws -> ScoreLayout {
            let toml = "encoding = \"barwise-duet-62-12\"\n[network]\n\(network)"
            return try #require(try Recipe(toml: toml, named: "scores").settings.network.scores)
        }
        let all = try scores("")
        for (key, rest) in [
            (
                "intervals",
                ScoreLayout(
                    harmony: all.harmony, pitchClasses: all.pitchClasses, guesses: all.guesses)
            ),
            (
                "harmony",
                ScoreLayout(
                    intervals: all.intervals, pitchClasses: all.pitchClasses, guesses: all.guesses)
            ),
            (
                "pitch-classes",
                ScoreLayout(
                    intervals: all.intervals, harmony: all.harmony, guesses: all.guesses)
            ),
            (
                "guesses",
                ScoreLayout(
                    intervals: all.intervals, harmony: all.harmony, pitchClasses: all.pitchClasses)
            ),
        ] {
            #expect(try scores("\(key) = false") == rest)
        }
    }

    @Test func aTransformersKeysHaveTheirPlaces() throws {
        let toml = """
            [network]
            kind = "transformer"
            embedding = 24
            layers = 3
            heads = 4
            feed-forward = 50
            window = 60
            """
        let settings = try Recipe(toml: toml, named: "transformer").settings
        let expected = try TransformerConfiguration(
            vocabulary: settings.network.vocabulary, embedding: 24, layers: 3, heads: 4,
            feedForward: 50, window: 60, contexts: settings.network.contexts)
        #expect(settings.network == .transformer(expected))
        let standard = try Recipe(
            toml: "encoding = \"notewise-88-12\"\n[network]\nkind = \"transformer\"",
            named: "standard")
        let given = try Recipe(contentsOf: Self.recipes + "transformer.toml")
        #expect(try standard.settings.network == given.settings.network)
    }

    private static let full = """
        encoding = "notewise-62-4"
        [network]
        kind = "lstm"
        embedding = 10
        hidden = 11
        layers = 3
        intervals = false
        harmony = false
        pitch-classes = false
        guesses = false
        [dropout]
        embedding = 0.1
        input = 0.2
        hidden = 0.3
        weight = 0.4
        output = 0.5
        scale = 0.5
        [regularisation]
        activation = 3
        temporal-activation = 4
        [optimiser]
        kind = "adam"
        beta1 = 0.6
        beta2 = 0.7
        epsilon = 1e-7
        weight-decay = 0.8
        clip = 0.9
        [schedule]
        kind = "one-cycle"
        rate = 0.5
        rise = 0.4
        start-divisor = 3
        end-divisor = 4
        beta1-high = 0.9
        beta1-low = 0.8
        [average]
        kind = "ema"
        decay = 0.99
        [training]
        steps = 77
        batch = 5
        window = 6
        jitter = true
        validation = 0.25
        validate-every = 9
        seed = 8
        """

    @Test func anEmptyRecipeIsTheStandardOne() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "r.toml")
        let recipe = try Recipe(contentsOf: path)
        #expect(try recipe.settings == Recipe.standard().settings)
        #expect(try recipe.encoding == Recipe.standard().encoding)
    }
}
