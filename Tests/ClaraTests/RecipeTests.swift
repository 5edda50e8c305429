import Clara
import Foundation
import Networks
import Testing
import Training

@Suite struct RecipeTests {
    /// A recipe's text, and what the error says after the file's name.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let toml: String
        let text: String
        var testDescription: String { toml.replacing("\n", with: " ") }

        init(_ toml: String, _ text: String) {
            self.toml = toml
            self.text = text
        }
    }

    static let mistakes = [
        Mistake(
            "[network]\nhiden = 3",
            "unknown key hiden; see Recipes/ for the keys there are"),
        Mistake("flavour = 3", "unknown key flavour; see Recipes/ for the keys there are"),
        Mistake(
            "encoding = \"morse\"",
            "unknown encoding “morse”; use notewise-62-12, notewise-88-12, notewise-62-4 or "
                + "notewise-88-4"),
        Mistake(
            "[dropout]\nhidden = 1.0", "dropout.hidden is 1.0, but must be at least 0 and below 1"),
        Mistake(
            "[dropout]\ninput = -0.1", "dropout.input is -0.1, but must be at least 0 and below 1"),
        Mistake(
            "[dropout]\noutput = nan", "dropout.output is nan, but must be at least 0 and below 1"),
        Mistake(
            "[optimiser]\nbeta2 = 1", "optimiser.beta2 is 1.0, but must be at least 0 and below 1"),
        Mistake("[schedule]\nrate = 0", "schedule.rate is 0.0, but must be a number above 0"),
        Mistake("[schedule]\nrate = inf", "schedule.rate is inf, but must be a number above 0"),
        Mistake("[schedule]\ndecay = 1.5", "schedule.decay is 1.5, but must be 0…1"),
        Mistake("[schedule]\nwarmup = -1", "schedule.warmup is -1, but must be at least 0"),
        Mistake("[training]\nseed = -1", "training.seed is -1, but must be at least 0"),
        Mistake("[training]\nsteps = 0", "training.steps is 0, but must be at least 1"),
        Mistake(
            "[training]\nepochs = -2", "training.epochs is -2.0, but must be a number above 0"),
        Mistake(
            "[optimiser]\nweight-decay = -1",
            "optimiser.weight-decay is -1.0, but must be a number of at least 0"),
        Mistake(
            "[optimiser]\nkind = \"sgd\"", "optimiser.kind is “sgd”, but must be “adam” or “adamw”"),
        Mistake(
            "[dropout]\nweight = 0.3\nscale = 4",
            "dropout.weight times dropout.scale is 1.2, but must be at least 0 and below 1"),
        Mistake(
            "[dropout]\nscale = -1", "dropout.scale is -1.0, but must be a number of at least 0"),
        Mistake(
            "[regularisation]\ntemporal-activation = -1",
            "regularisation.temporal-activation is -1.0, but must be a number of at least 0"),
        Mistake(
            "[schedule]\nkind = \"triangle\"",
            "schedule.kind is “triangle”, but must be “trapezoidal”, “one-cycle” or “cosine”"),
        Mistake(
            "[schedule]\nkind = \"one-cycle\"\nrise = 1",
            "schedule.rise is 1.0, but must be above 0 and below 1"),
        Mistake(
            "[schedule]\nkind = \"one-cycle\"\nbeta1-low = 1",
            "schedule.beta1-low is 1.0, but must be at least 0 and below 1"),
        Mistake(
            "[schedule]\nkind = \"cosine\"\nend = -1", "schedule.end is -1.0, but must be 0…1"),
        Mistake(
            "[schedule]\nrise = 0.3",
            "schedule.rise has no meaning for schedule.kind “trapezoidal”; leave it out, or name "
                + "another kind"),
        Mistake(
            "[schedule]\nkind = \"cosine\"\ndecay = 0.3",
            "schedule.decay has no meaning for schedule.kind “cosine”; leave it out, or name another "
                + "kind"),
        Mistake(
            "[average]\nkind = \"mean\"",
            "average.kind is “mean”, but must be “none”, “ema” or “nt-asgd”"),
        Mistake(
            "[average]\nkind = \"ema\"\ndecay = 1",
            "average.decay is 1.0, but must be at least 0 and below 1"),
        Mistake(
            "[average]\npatience = 3",
            "average.patience has no meaning for average.kind “none”; leave it out, or name another "
                + "kind"),
        Mistake(
            "[network]\nheads = 3",
            "network.heads has no meaning for network.kind “lstm”; leave it out, or name another "
                + "kind"),
        Mistake("[optimiser]\nclip = 0", "optimiser.clip is 0.0, but must be a number above 0"),
        Mistake("[training]\nbatch = 0", "training.batch is 0, but must be 1…1024"),
        Mistake("[training]\nwindow = 5000", "training.window is 5000, but must be 1…4096"),
        Mistake(
            "[training]\nvalidation = 1",
            "training.validation is 1.0, but must be at least 0 and below 1"),
        Mistake("[network]\nlayers = 0", "network: layers is 0, but must be 1…16"),
        Mistake("[network]\nhidden = 9000", "network: hidden is 9000, but must be 1…8192"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsNamed(mistake: Mistake) throws {
        let error = try error(of: mistake.toml)
        #expect(error.problem == mistake.text)
        #expect(error.description == "\(error.recipe): \(mistake.text)")
    }

    /// The reasons are the TOML parser's words; they have to name the key or the place.
    @Test(arguments: [
        ("[network]\nhidden = \"many\"", "network.hidden"),
        ("[network]\nhidden = 1.5", "network.hidden"),
        ("network = 3", "network"),
        ("[training]\nsteps = true", "training.steps"),
        ("[training\nsteps = 3", "is not TOML"),
        ("= 3", "is not TOML"),
    ])
    func whatIsNoRecipeIsPlaced(toml: String, part: String) throws {
        let problem = try error(of: toml).problem
        #expect(problem.contains(part), "\(problem)")
        #expect(!problem.contains("\n"), "\(problem)")
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("no.toml")
        let error = #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) }
        #expect(error?.description == "\(path): there is no such file")
    }

    @Test func theTimeReplacesTheLength() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("[training]\nsteps = 3", to: "r.toml")
        #expect(try Recipe(contentsOf: path).settings.length == .steps(3))
        #expect(try Recipe(contentsOf: path, seconds: 60).settings.length == .seconds(60))
    }

    /// All of Recipes/, and how many weights the networks have.
    @Test(arguments: [
        ("piano.toml", 2_620_000...2_640_000), ("tiny.toml", 190_000...200_000),
        ("clara2018.toml", 9_800_000...10_200_000),
    ])
    func theRepositorysRecipesAreGood(name: String, weights: ClosedRange<Int>) throws {
        let recipe = try Recipe(contentsOf: Self.recipes + name)
        let shapes = recipe.settings.network.shapes
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
        #expect(settings.clip == 0.3)
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
        let settings = recipe.settings
        #expect(recipe.validationShare == 0.25)
        let network = try LSTMConfiguration(
            vocabulary: recipe.encoding.vocabulary.count, embedding: 10, hidden: 11, layers: 3,
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
        #expect(triggered.settings.average == .triggered(patience: 7))
        let cosine = try Recipe(
            toml: "[schedule]\nkind = \"cosine\"\nrate = 1\nwarmup = 2\nend = 0.1", named: "cosine")
        #expect(
            cosine.settings.schedule
                == .cosine(try CosineSchedule(rate: 1, warmup: 2, end: 0.1)))
    }

    private static let full = """
        encoding = "notewise-62-4"
        [network]
        kind = "lstm"
        embedding = 10
        hidden = 11
        layers = 3
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
        #expect(try Recipe(contentsOf: path) == Recipe.standard())
    }

    private func error(of toml: String) throws -> RecipeError {
        let folder = try TemporaryFolder()
        let path = try folder.write(toml, to: "recipe.toml")
        return try #require(
            #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) })
    }
}
