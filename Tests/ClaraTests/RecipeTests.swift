import Clara
import Foundation
import Testing

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
        Mistake(
            "[schedule]\nwarmup = -1",
            "schedule.warmup, training.seed and optimiser.weight-decay must not be negative"),
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
