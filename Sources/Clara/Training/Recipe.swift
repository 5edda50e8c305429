import Encodings
import Networks
import TOMLKit
import Training

/// What to train and how, as a small TOML file: encoding, network, dropouts, optimiser, schedule.
///
/// Every key may be left out; the defaults, of a network as large as the bundled one, are in
/// `RecipeFile`. An unknown key is an error, so that a misspelt one cannot be silently without effect.
public struct Recipe: Sendable {
    package let encoding: EncodingName
    /// The share of the pieces that is held out for validation.
    package var validationShare: Double { file.training.validationShare }
    /// Nil where the network is to be told of no styles.
    var styles: StylePlan? {
        file.styles.map { StylePlan(minimum: $0.minimum, periods: $0.periods) }
    }
    private let file: RecipeFile
    private let name: String
    private let seconds: Double?

    /// The recipe that `clara train` uses without `--recipe`.
    public static func standard(seconds: Double? = nil) throws(RecipeError) -> Recipe {
        try Recipe(toml: "", named: "the standard recipe", seconds: seconds)
    }

    /// - Parameters:
    ///   - path: a TOML file.
    ///   - seconds: training time instead of the recipe's length.
    public init(contentsOf path: String, seconds: Double? = nil) throws(RecipeError) {
        try self.init(toml: RecipeFile.text(of: path), named: path, seconds: seconds)
    }

    package init(toml: String, named name: String, seconds: Double? = nil) throws(RecipeError) {
        let file = try RecipeFile(toml: toml, named: name)
        if let benchmark = file.benchmark {
            throw RecipeError(
                recipe: name,
                problem: "is for a published benchmark: clara benchmark \(benchmark) --train")
        }
        let identifier = file.encoding ?? RecipeFile.standardEncoding
        guard let encoding = EncodingName(identifier) else {
            throw RecipeError(
                recipe: name,
                problem: "unknown encoding “\(identifier)”; use \(EncodingName.examples)")
        }
        self.encoding = encoding
        self.file = file
        self.name = name
        self.seconds = seconds
        guard file.network.contextOutput == nil else {
            throw RecipeError(
                recipe: name, problem: "network.context-output is for published benchmarks only")
        }
        // What is wrong with the numbers is told before any music is read.
        _ = try settings(for: encoding.encoding(for: []))
    }

    /// The settings for a network that reads and writes the encoding's words.
    package func settings(
        for encoding: any MusicEncoding
    ) throws(RecipeError) -> TrainingSettings {
        do {
            return try file.settings(
                vocabulary: encoding.vocabulary.count,
                contexts: encoding.context()?.count ?? 0, scores: encoding.scores,
                seconds: seconds)
        } catch {
            throw RecipeError(recipe: name, problem: "\(error)")
        }
    }
}

/// A recipe that cannot be used: which, and what is wrong with it.
public struct RecipeError: Error, Hashable, CustomStringConvertible {
    public let recipe: String
    public let problem: String

    public var description: String { "\(recipe): \(problem)" }

    static func explain(_ error: any Error) -> String {
        switch error {
        case let error as UnexpectedKeysError:
            let keys = error.keys.keys.sorted().joined(separator: ", ")
            return "unknown key \(keys); see Recipes/ for the keys there are"
        case let error as TOMLParseError:
            return "is not TOML: \(error.description)"
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            return "\(key): \(context.debugDescription)"
        default:
            return "\(error)"
        }
    }
}
