import Clara
import Foundation
import TestSupport
import Testing

@Suite struct RecipeMistakeTests {
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
            "unknown encoding “morse”; use notewise-62-12, notewise-88-4, notewise-duet-62-12, "
                + "barwise-88-12, chordwise-62-4 or chordwise-held-62-12"),
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
            "[network]\nkind = \"gru\"",
            "network.kind is “gru”, but must be “lstm” or “transformer”"),
        Mistake(
            "[network]\nkind = \"transformer\"\nhidden = 3",
            "network.hidden has no meaning for network.kind “transformer”; leave it out, or name "
                + "another kind"),
        Mistake(
            "[network]\nkind = \"transformer\"\n[dropout]\nweight = 0.1",
            "dropout.weight has no meaning for network.kind “transformer”; leave it out, or name "
                + "another kind"),
        Mistake(
            "[network]\nkind = \"transformer\"\nheads = 7",
            "network: embedding is 256, but must be 7 heads of an even width of at most 256"),
        Mistake(
            "[network]\nheads = 3",
            "network.heads has no meaning for network.kind “lstm”; leave it out, or name another "
                + "kind"),
        Mistake(
            "[network]\nkind = \"transformer\"\nintervals = true",
            "network.intervals has no meaning for network.kind “transformer”; leave it out, or name "
                + "another kind"),
        Mistake(
            "[network]\nkind = \"transformer\"\nguesses = true",
            "network.guesses has no meaning for network.kind “transformer”; leave it out, or name "
                + "another kind"),
        Mistake(
            "encoding = \"chordwise-62-4\"\n[network]\nintervals = true",
            "network.intervals is true, but must be false: this encoding does not tell what "
                + "that takes"),
        Mistake(
            "[network]\nkind = \"transformer\"\npitch-classes = true",
            "network.pitch-classes has no meaning for network.kind “transformer”; leave it out, or "
                + "name another kind"),
        Mistake(
            "encoding = \"chordwise-62-4\"\n[network]\npitch-classes = true",
            "network.pitch-classes is true, but must be false: this encoding does not tell "
                + "what that takes"),
        Mistake(
            "encoding = \"chordwise-62-4\"\n[network]\nguesses = true",
            "network.guesses is true, but must be false: this encoding does not tell what "
                + "that takes"),
        Mistake(
            "[network]\ncontexts = false\nguesses = true",
            "network.guesses is true, but must be false where network.contexts is"),
        Mistake(
            "[network]\ncontext-output = true",
            "network.context-output is for published benchmarks only"),
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

    private func error(of toml: String) throws -> RecipeError {
        let folder = try TemporaryFolder()
        let path = try folder.write(toml, to: "recipe.toml")
        return try #require(
            #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) })
    }
}
